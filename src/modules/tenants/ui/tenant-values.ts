export type TenantValues = {
  customer_id: string | null;
  subdomain: string;
  name: string;
  admin_email: string;
};

export const tenantLabels = {
  customer_id: "Customer",
  subdomain: "Subdomain",
  name: "Name",
  admin_email: "Email of its first person",
};

/** What the endpoint gets for what was typed. */
export function toTenantBody(typed: TenantValues): unknown {
  const given = (text: string) => text.trim() || undefined;
  return {
    customer_id: typed.customer_id ?? undefined,
    subdomain: typed.subdomain.trim(),
    name: given(typed.name),
    admin_email: given(typed.admin_email),
  };
}
