import { Callout } from "@/ui/display/callout";
import { Time } from "@/ui/display/time";
import type { Tenant } from "../contract";

/** Why a tenant is not open to visitors, and what it is past. */
export function TenantNotice({ tenant }: { tenant: Tenant }) {
  const { status, suspend_reason, terminate_at, over_limits } = tenant;
  if (status === "suspended")
    return (
      <Callout
        tone="warning"
        title="Suspended: visitors see that it is not available"
      >
        {suspend_reason ? `${suspend_reason}. ` : null}
        {terminate_at ? (
          <>
            It is deleted on <Time value={terminate_at} format="date" />, after
            a last backup, unless there is a subscription again.
          </>
        ) : tenant.suspended_by === "billing" ? (
          "It opens again by itself when that is settled."
        ) : null}
      </Callout>
    );
  if (status === "failed")
    return (
      <Callout tone="danger" title="It could not be made">
        What was begun has been undone, and the subdomain is free again.
      </Callout>
    );
  if (status === "deleted")
    return (
      <Callout>
        Deleted on <Time value={tenant.deleted_at} />.
      </Callout>
    );
  if (over_limits.length > 0)
    return (
      <Callout tone="warning" title="Past what the plan allows">
        {`It uses more ${over_limits.join(" and ")} than the plan has. No module can be added${over_limits.includes("storage") ? "" : " beyond its storage"} until there is a larger plan, or less in it.`}
      </Callout>
    );
  return null;
}
