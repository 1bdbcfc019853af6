/** A tenant as it is typed, a new one or one that is taken over. */
export type TenantValues = {
  customer_id: string | null;
  subdomain: string;
  name: string;
  admin_email: string;
  ref: string;
  admin_password: string;
};

export const emptyTenant: TenantValues = {
  ...{ customer_id: null, subdomain: "", name: "", admin_email: "" },
  ...{ ref: "", admin_password: "" },
};

export const tenantLabels = {
  customer_id: "Customer",
  subdomain: "Subdomain",
  name: "Name",
  admin_email: "Email of its first person",
  ref: "Name of its database",
  admin_password: "Password of its first person",
};

/** What the endpoint that creates gets for what was typed. */
export function toTenantBody(typed: TenantValues): unknown {
  return {
    customer_id: typed.customer_id ?? undefined,
    subdomain: typed.subdomain.trim(),
    name: given(typed.name),
    admin_email: given(typed.admin_email),
  };
}

/** What the endpoint that takes over gets. */
export function toAdoptBody(typed: TenantValues): unknown {
  return {
    customer_id: typed.customer_id ?? undefined,
    subdomain: typed.subdomain.trim(),
    name: given(typed.name),
    ref: typed.ref.trim(),
    admin_email: typed.admin_email.trim(),
    admin_password: typed.admin_password || undefined,
  };
}

function given(text: string): string | undefined {
  return text.trim() || undefined;
}
