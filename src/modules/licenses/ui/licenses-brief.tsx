"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { Link } from "@/ui/controls/link";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyableId } from "@/ui/display/copyable-id";
import { ErrorState } from "@/ui/display/error-state";
import { Skeleton } from "@/ui/display/skeletons";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { License } from "../contract";
import { customerLicensesApi } from "../contract/of-customer";
import { placesText, shortKey } from "./license-words";

const shownAtMost = 5;

export type LicensesBriefProps = { customerId: string; mayWrite: boolean };

/** A customer's newest licenses in short, and the way to add one. */
export function LicensesBrief({ customerId, mayWrite }: LicensesBriefProps) {
  const { data, error, refetch, isFetching } = useRead(
    customerLicensesApi.listOfCustomer,
    {
      params: { customer_id: customerId },
      query: { per_page: shownAtMost },
    },
  );
  const page = `/customers/${customerId}/licenses`;
  if (error && !data)
    return (
      <ErrorState
        title="Licenses could not be loaded"
        description={failureOf(error).message}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  if (!data) return <Skeleton className="h-32 w-full" />;
  return (
    <div className="flex flex-col items-start gap-3">
      {data.items.length === 0 ? (
        <p className="text-ink-muted">This customer has no licenses.</p>
      ) : (
        <ul className="w-full divide-y rounded-lg border">
          {data.items.map((license) => (
            <Line key={license.id} license={license} />
          ))}
        </ul>
      )}
      {data.total > shownAtMost ? (
        <p className="text-xs text-ink-faint">
          {`The newest ${shownAtMost} of ${data.total}.`}
        </p>
      ) : null}
      {mayWrite ? (
        <LinkButton href={`${page}?show=add-license`} size="sm">
          Add license
        </LinkButton>
      ) : null}
    </div>
  );
}

function Line({ license }: { license: License }) {
  const { id, name, key, status, expires_at } = license;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <Link href={`/licenses/${id}`} className="font-medium">
          {name}
        </Link>
        <p className="text-xs text-ink-faint">
          {placesText(license)} ·{" "}
          {expires_at ? (
            <>
              {status === "expired" ? "expired " : "expires "}
              <Time value={expires_at} format="date" />
            </>
          ) : (
            "no end"
          )}
        </p>
      </div>
      <CopyableId id={key} shown={shortKey(key)} label="license key" />
      <StatusBadge status={status} />
    </li>
  );
}
