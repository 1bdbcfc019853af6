import { useDatabase } from "../support/database";
import { useStaffBrowser } from "../support/staff-browser";
import { settle, darken } from "../support/page-promises";
import { allowTenants, newTenant } from "../support/tenants";
import { describeInBrowser } from "../support/browser";
const database = useDatabase();
jest.setTimeout(300_000);
describeInBrowser("shots", () => {
  const at = useStaffBrowser({ WORKER_MODE: "inline" });
  test("shots", async () => {
    void database;
    const { cookie, customerId } = await at.world.person("owner");
    await allowTenants(at.world.ctx, customerId, { tenants: 2, tenant_users: 5, tenant_storage_gb: 1 });
    const made = await newTenant(at.world.ctx, { customer_id: customerId, name: "Acme production", modules: ["sales"] });
    const bad = await newTenant(at.world.ctx, { customer_id: customerId, name: "Broken", modules: ["nothing"] });
    await at.page.waitForTimeout(3000);
    const [name = "", value = ""] = cookie.split("=");
    const pc = await at.contextOf("viewer"); await pc.clearCookies(); await pc.addCookies([{ name, value, url: at.server.url }]);
    const portal = await pc.newPage();
    for (const [p, path, label] of [
      [at.page, "/tenants", "list"], [at.page, `/tenants/${made.id}`, "one"], [at.page, `/tenants/${bad.id}`, "bad"],
      [at.page, `/tenants?show=create-tenant`, "create"], [at.page, "/settings/tenants", "settings"],
      [portal, "/portal/tenants", "plist"], [portal, `/portal/tenants/${made.id}`, "pone"], [portal, `/portal/tenants/${made.id}?show=delete`, "pdelete"],
      [at.page, `/tenant/${made.subdomain}`, "visitor"],
    ] as const) {
      for (const scheme of ["light", "dark"] as const) for (const width of [1440, 390]) {
        if (scheme === "dark" && width === 390) continue;
        await p.setViewportSize({ width, height: 900 });
        await p.emulateMedia({ colorScheme: scheme });
        await p.goto(at.server.url + path); await settle(p);
        await p.waitForTimeout(400);
        await p.screenshot({ path: `/tmp/h/h-t-shots/${label}-${scheme}-${width}.png`, fullPage: true });
      }
    }
    for (let i = 0; i < 10; i += 1) { await newTenant(at.world.ctx, { modules: i % 2 ? ["shop"] : [] }); await at.page.waitForTimeout(1500); }
    const rows = await database.query("SELECT extract(epoch FROM ready_at - created_at)::float8 * 1000 AS ms, (SELECT count(*) FROM tenant_modules m WHERE m.tenant_id = t.id AND is_installed) AS modules FROM tenants t WHERE ready_at IS NOT NULL ORDER BY id");
    require("node:fs").writeFileSync("/tmp/h/h-t-figures.json", JSON.stringify(rows));
    await pc.close();
  });
});
