"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import { toast } from "@/ui/display/toaster";
import {
  externalLoginsApi,
  type ExternalLogin,
  type LoginProvider,
} from "../contract/external-logins";

export type ExternalLoginsCardProps = {
  logins: readonly ExternalLogin[];
  /** What may be linked here, as the sign-in page names it. */
  providers: readonly { id: LoginProvider; name: string }[];
};

const usual = { oidc: "Single sign-on", google: "Google", github: "GitHub" };

/** The accounts elsewhere that sign one in, with the way to unlink each; nothing where there are none. */
export function ExternalLoginsCard({
  logins,
  providers,
}: ExternalLoginsCardProps) {
  if (logins.length + providers.length === 0) return null;
  const unused = providers.filter(
    ({ id }) => !logins.some(({ provider }) => provider === id),
  );
  return (
    <Card
      title="Linked sign-ins"
      description={
        unused.length > 0
          ? `To link ${unused.map(({ name }) => name).join(" or ")}, sign in that way once, with the same address.`
          : "Accounts elsewhere that sign you in here."
      }
      flush
    >
      {logins.length > 0 ? (
        <ul className="divide-y">
          {logins.map((login) => (
            <LoginLine
              key={login.provider}
              login={login}
              name={
                providers.find(({ id }) => id === login.provider)?.name ??
                usual[login.provider]
              }
            />
          ))}
        </ul>
      ) : (
        <p className="px-4 py-3 text-sm text-ink-muted">None is linked yet.</p>
      )}
    </Card>
  );
}

function LoginLine({ login, name }: { login: ExternalLogin; name: string }) {
  const [isPending, setPending] = useState(false);
  const router = useRouter();
  async function unlink() {
    setPending(true);
    try {
      const params = { provider: login.provider };
      await call(externalLoginsApi.unlink, { params });
      toast.success(`${name} is unlinked`);
      router.refresh();
    } catch (error) {
      toast.error(`${name} was not unlinked`, {
        description: failureOf(error).message,
      });
    }
    setPending(false);
  }
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium first-letter:uppercase">{name}</p>
        <p className="truncate text-xs text-ink-faint">
          linked <Time value={login.created_at} format="relative" />
        </p>
      </div>
      <Button size="sm" isPending={isPending} onPress={() => void unlink()}>
        Unlink <span className="sr-only">{name}</span>
      </Button>
    </li>
  );
}
