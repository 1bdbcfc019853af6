import {
  activateLicense,
  addDevice,
  addDomain,
  getLicense,
  issueLicense,
  suspendLicense,
} from "@/modules/licenses";
import type { LicenseInput } from "@/modules/licenses/contract";
import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { randomText } from "@/shared/ids";
import { customer } from "./world";

const made = ["license_id", "activation_id", "domain_id", "device_id"];

/** Whether a path's parameter names a thing of the module of licenses. */
export function isOfLicenses(name: string): boolean {
  return made.includes(name);
}

/** A license for two machines; of a new customer when none is given. */
export async function license(
  ctx: Ctx,
  customerId?: string,
  input: Partial<LicenseInput> = {},
) {
  const customer_id = customerId ?? (await customer(ctx)).id;
  return issueLicense(ctx, {
    customer_id,
    interval: "month",
    starts_on_activation: false,
    max_machines: 2,
    ...input,
  });
}

/** Where a license is used. */
export async function activation(ctx: Ctx, key: string) {
  const identifier = randomText(12);
  const made = await activateLicense(ctx, { key, kind: "machine", identifier });
  return made.activation;
}

/** The id of such a thing, in the state that the endpoint wants, of what the path names before. */
export async function licenseThing(
  ctx: Ctx,
  name: string,
  endpoint: Endpoint,
  placed: Record<string, string>,
): Promise<string> {
  const owner = placed["customer_id"] ?? (await customer(ctx)).id;
  switch (name) {
    case "license_id": {
      const { id } = await license(ctx, owner);
      if (endpoint.id === "licenses.reinstate")
        await suspendLicense(ctx, id, {});
      return id;
    }
    case "activation_id":
      return activationOf(ctx, owner, placed["license_id"]);
    case "domain_id": {
      const name = `${randomText(12).toLowerCase()}.example.com`;
      return (await addDomain(ctx, owner, { name })).id;
    }
    default: {
      const device = { name: "Router", identifier: randomText(12) };
      return (await addDevice(ctx, owner, device)).id;
    }
  }
}

async function activationOf(ctx: Ctx, owner: string, licenseId?: string) {
  const { key } = licenseId
    ? await getLicense(ctx, licenseId)
    : await license(ctx, owner);
  return (await activation(ctx, key)).id;
}
