import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { customerLicensesApi } from "@/modules/licenses/contract/of-customer";

export const GET = route(
  customerLicensesApi.listOfCustomer,
  (ctx, { params, query }) =>
    licenses.listLicenses(ctx, { ...query, ...params }),
);
export const POST = route(
  customerLicensesApi.issueToCustomer,
  (ctx, { params, body }) => licenses.issueLicense(ctx, { ...body, ...params }),
);
