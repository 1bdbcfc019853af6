import { env } from "@/platform/env";
import type { DriverName } from "../contract";
import type { Driver } from "../driver";
import { odoo } from "./odoo/odoo";
import { sandbox } from "./sandbox";
import { webhook } from "./webhook";

const drivers: Record<DriverName, Driver> = { sandbox, odoo, webhook };

/** The driver of new tenants, by the environment. */
export function driverOfNew(): Driver {
  const { TENANT_DRIVER, ODOO_URL, PROVISIONER_URL } = env();
  if (TENANT_DRIVER) return drivers[TENANT_DRIVER];
  if (ODOO_URL) return odoo;
  return PROVISIONER_URL ? webhook : sandbox;
}

/** The driver that a tenant was made by. */
export function driverOf(name: DriverName): Driver {
  return drivers[name];
}
