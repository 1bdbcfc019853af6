import { CopyBlock } from "@/ui/display/copy-block";
import { Card } from "@/ui/display/card";
import {
  DescriptionList,
  type Description,
} from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import { countText } from "@/ui/format/number";
import type { License } from "../contract";
import { termText } from "./license-words";

/** The key of a license, its term, and what it allows. */
export function LicenseDetails({ license }: { license: License }) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <CopyBlock label="License key" text={license.key} />
        <Card title="Term">
          <DescriptionList items={termOf(license)} />
        </Card>
      </div>
      <Card title="Allows">
        <DescriptionList items={allowedBy(license)} />
      </Card>
    </div>
  );
}

function termOf(license: License): Description[] {
  const { status, expires_at, starts_on_activation, activated_at } = license;
  return [
    { label: "Plan", value: license.plan?.name },
    { label: "Cycle", value: termText(license) },
    {
      label: "Expires",
      value: (
        <span className="flex flex-wrap items-center gap-2">
          <Time
            value={expires_at}
            empty={status === "pending" ? "Not begun" : "Never"}
          />
          {expires_at ? (
            <Time
              value={expires_at}
              format="relative"
              className="text-ink-faint"
            />
          ) : null}
        </span>
      ),
    },
    {
      label: "Begun",
      value: (
        <Time
          value={activated_at}
          empty={starts_on_activation ? "With its first activation" : "–"}
        />
      ),
    },
    {
      label: "Last asked about",
      value: (
        <Time
          value={license.last_validated_at}
          format="relative"
          empty="Never"
        />
      ),
    },
    { label: "Issued", value: <Time value={license.created_at} /> },
  ];
}

function allowedBy(license: License): Description[] {
  const { max_machines, max_domains, churn_limit, quotas } = license;
  return [
    {
      label: "Machines",
      value: slotsText(license.machines, max_machines),
    },
    { label: "Domains", value: slotsText(license.domains, max_domains) },
    {
      label: "Kind",
      value: license.is_floating
        ? `Floating: given back after ${secondsText(license.lease_seconds)} without a heartbeat`
        : "Fixed: kept until it is freed",
    },
    {
      label: "May be freed",
      value:
        churn_limit === null
          ? "As often as wanted"
          : `${countText(churn_limit)} in 30 days, by the customer`,
    },
    ...Object.entries(quotas).map(([name, quota]) => ({
      label: quotaName(name),
      value: quota === null ? "Unlimited" : countText(quota),
    })),
  ];
}

function slotsText(used: number, limit: number | null): string {
  if (limit === null) return used === 0 ? "Any" : `${countText(used)}, of any`;
  return `${countText(used)} of ${countText(limit)} in use`;
}

function quotaName(name: string): string {
  const words = name.replaceAll(/[_-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function secondsText(seconds: number): string {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}
