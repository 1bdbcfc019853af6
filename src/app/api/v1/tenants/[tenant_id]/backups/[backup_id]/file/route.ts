import { FileAnswer, route } from "@/http/route";
import { downloadBackup } from "@/modules/tenants";
import { tenantsApi } from "@/modules/tenants/contract";

export const GET = route(
  tenantsApi.downloadBackup,
  async (ctx, { params }) =>
    new FileAnswer(
      await downloadBackup(ctx, params.tenant_id, params.backup_id),
    ),
);
