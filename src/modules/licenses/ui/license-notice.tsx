import { Callout } from "@/ui/display/callout";
import { Time } from "@/ui/display/time";
import type { License } from "../contract";

/** Why a license is not in force, if it is not. */
export function LicenseNotice({ license }: { license: License }) {
  const { status, suspended_at, suspended_by } = license;
  if (status === "suspended")
    return (
      <Callout tone="warning">
        Suspended since <Time value={suspended_at} />
        {suspended_by === "subscription"
          ? ", when its subscription ended. It comes back with the subscription."
          : ". Software that asks about it is told so."}
      </Callout>
    );
  if (status === "revoked")
    return (
      <Callout tone="danger">
        Revoked on <Time value={license.revoked_at} />. It is never valid again.
      </Callout>
    );
  if (status === "pending")
    return (
      <Callout>
        Its time begins when it is first activated on a machine or a domain.
      </Callout>
    );
  return null;
}
