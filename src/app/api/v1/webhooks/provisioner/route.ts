import { webhook } from "@/http/webhook";
import { takeReport } from "@/modules/tenants";
import { provisionerApi } from "@/modules/tenants/contract/provisioner";

export const POST = webhook(provisionerApi.report, (ctx, raw, headers) =>
  takeReport(ctx, raw, headers),
);
