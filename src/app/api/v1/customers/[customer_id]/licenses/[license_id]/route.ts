import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { customerLicensesApi } from "@/modules/licenses/contract/of-customer";

export const DELETE = route(
  customerLicensesApi.revokeOfCustomer,
  (ctx, { params }) =>
    licenses.revokeLicense(ctx, params.license_id, params.customer_id),
);
