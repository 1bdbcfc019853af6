import { Card } from "@/ui/display/card";
import {
  DescriptionList,
  type Description,
} from "@/ui/display/description-list";
import { Link } from "@/ui/controls/link";
import { Time } from "@/ui/display/time";
import { bytesText, countText } from "@/ui/format/number";
import type { Tenant } from "../contract";

/** Where a tenant is, what it uses, and what it lives with. */
export function TenantDetails({
  tenant,
  isOwn = false,
}: {
  tenant: Tenant;
  isOwn?: boolean;
}) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title="Tenant">
        <DescriptionList items={about(tenant, isOwn)} />
      </Card>
      <Card title="Uses">
        <DescriptionList items={usesOf(tenant)} />
      </Card>
    </div>
  );
}

function about(tenant: Tenant, isOwn: boolean): Description[] {
  const { url, subdomain, subscription_id } = tenant;
  return [
    {
      label: "Address",
      value:
        url && tenant.status === "active" ? (
          <a
            href={url}
            rel="noreferrer"
            className="text-accent-text underline wrap-anywhere"
          >
            {url.replace("https://", "")}
          </a>
        ) : (
          <span className="wrap-anywhere">{subdomain}</span>
        ),
    },
    {
      label: "First person",
      value: <span className="wrap-anywhere">{tenant.admin_email}</span>,
    },
    ...(isOwn
      ? []
      : [
          { label: "Kept by", value: tenant.driver },
          {
            label: "Known there as",
            value: (
              <span className="font-mono text-xs wrap-anywhere">
                {tenant.ref}
              </span>
            ),
          },
          {
            label: "Limits",
            value: (
              <Link href={`/customers/${tenant.customer_id}/limits`}>
                Those of its customer
              </Link>
            ),
          },
          {
            label: "Lives with",
            value: subscription_id ? (
              <Link href={`/subscriptions/${subscription_id}`}>
                Its subscription
              </Link>
            ) : (
              "Its customer"
            ),
          },
        ]),
    {
      label: "Ready since",
      value: <Time value={tenant.ready_at} empty="Not yet" />,
    },
    { label: "Created", value: <Time value={tenant.created_at} /> },
  ];
}

function usesOf({ usage, version }: Tenant): Description[] {
  const { users, storage_bytes, measured_at } = usage;
  return [
    { label: "Users", value: usedText(users, countText) },
    { label: "Storage", value: usedText(storage_bytes, bytesText) },
    { label: "Version", value: version },
    {
      label: "Measured",
      value: <Time value={measured_at} format="relative" empty="Not yet" />,
    },
  ];
}

function usedText(
  { used, limit }: Tenant["usage"]["users"],
  written: (value: number) => string,
): string | null {
  if (used === null)
    return limit === null ? null : `The plan has ${written(limit)}`;
  return limit === null
    ? written(used)
    : `${written(used)} of ${written(limit)}`;
}
