"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { tenantsApi, type Tenant, type TenantModule } from "../contract";

export type ModulesCardProps = {
  tenant: Tenant;
  modules: readonly TenantModule[];
  mayWrite: boolean;
};

/** What is installed in a tenant, and what can be. */
export function ModulesCard({ tenant, modules, mayWrite }: ModulesCardProps) {
  const installed = modules.filter(({ is_installed }) => is_installed).length;
  const isFree = mayWrite && tenant.status === "active" && !tenant.job;
  return (
    <Card
      title="Modules"
      description={
        modules.length > 0
          ? `${installed} of ${modules.length} installed`
          : undefined
      }
      flush
    >
      {modules.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-ink-muted">
          They are listed once the tenant is ready.
        </p>
      ) : (
        <ul
          className="max-h-96 divide-y overflow-y-auto"
          tabIndex={0}
          aria-label="Modules"
        >
          {modules.map((module) => (
            <Line key={module.name} {...{ tenant, module, isFree, mayWrite }} />
          ))}
        </ul>
      )}
    </Card>
  );
}

type LineProps = {
  tenant: Tenant;
  module: TenantModule;
  isFree: boolean;
  mayWrite: boolean;
};

function Line({ tenant, module, isFree, mayWrite }: LineProps) {
  const { open } = useDialogUrl();
  const { isPending, act } = useAct();
  const { name, title, summary, is_installed, depends_on } = module;
  const install = () =>
    void act(
      () =>
        call(tenantsApi.installModule, {
          params: { tenant_id: tenant.id },
          body: { name },
        }),
      { failed: `${title} was not installed` },
    );
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {title}{" "}
          {is_installed ? <Badge tone="success">Installed</Badge> : null}
        </p>
        <p className="text-xs text-ink-faint">
          {summary}
          {depends_on.length > 0 ? ` · needs ${depends_on.join(", ")}` : ""}
        </p>
      </div>
      {mayWrite ? (
        <Button
          size="sm"
          isDisabled={!isFree}
          isPending={isPending}
          onPress={
            is_installed ? () => void open("uninstall", { id: name }) : install
          }
        >
          {is_installed ? "Uninstall" : "Install"}{" "}
          <span className="sr-only">{title}</span>
        </Button>
      ) : null}
    </li>
  );
}
