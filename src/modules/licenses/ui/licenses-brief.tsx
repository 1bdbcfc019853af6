"use client";

import { useRead } from "@/client/query";
import { Link } from "@/ui/controls/link";
import { LinkButton } from "@/ui/controls/link-button";
import { Brief, BriefLine, shownAtMost } from "@/ui/display/brief";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { License } from "../contract";
import { customerLicensesApi } from "../contract/of-customer";
import { placesText, shortKey } from "./license-words";

export type LicensesBriefProps = { customerId: string; mayWrite: boolean };

/** A customer's newest licenses in short, and the way to add one. */
export function LicensesBrief({ customerId, mayWrite }: LicensesBriefProps) {
  const read = useRead(customerLicensesApi.listOfCustomer, {
    params: { customer_id: customerId },
    query: { per_page: shownAtMost },
  });
  const page = `/customers/${customerId}/licenses`;
  return (
    <div className="flex flex-col items-start gap-3">
      <Brief read={read} what="Licenses" empty="This customer has no licenses.">
        {(licenses) => (
          <ul className="divide-y">
            {licenses.map((license) => (
              <Line key={license.id} license={license} mayWrite={mayWrite} />
            ))}
          </ul>
        )}
      </Brief>
      {mayWrite && read.data ? (
        <LinkButton href={`${page}?show=add-license`} size="sm">
          Add license
        </LinkButton>
      ) : null}
    </div>
  );
}

type LineProps = { license: License; mayWrite: boolean };

function Line({ license, mayWrite }: LineProps) {
  const { id, name, key, status, expires_at } = license;
  return (
    <BriefLine
      name={<Link href={`/licenses/${id}`}>{name}</Link>}
      facts={
        <>
          {placesText(license)} ·{" "}
          {expires_at ? (
            <>
              {status === "expired" ? "expired " : "expires "}
              <Time value={expires_at} format="date" />
            </>
          ) : (
            "no end"
          )}
        </>
      }
    >
      <CopyableId id={key} shown={shortKey(key)} label="license key" />
      <StatusBadge status={status} />
      {mayWrite && status !== "revoked" ? (
        <LinkButton
          href={`/licenses/${id}?show=revoke`}
          variant="ghost"
          size="sm"
          aria-label={`Revoke ${name}`}
        >
          Revoke…
        </LinkButton>
      ) : null}
    </BriefLine>
  );
}
