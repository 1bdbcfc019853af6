import * as z from "zod";
import { CustomerQuery } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";

export const CustomerExportQuery = CustomerQuery.omit({
  page: true,
  per_page: true,
  skip: true,
  limit: true,
}).extend({ format: z.enum(["csv", "xlsx"]).default("csv") });
export type CustomerExportQuery = z.output<typeof CustomerExportQuery>;

export const customerFilesApi = {
  export: endpoint({
    id: "customerFiles.export",
    method: "GET",
    path: "/v1/customers/export",
    summary: "Download customers as CSV or XLSX",
    description:
      "The filters and the order are those of the list; all that fit, streamed. Amounts are decimals in the currency beside them, for those who may see billing. Text that a spreadsheet would take for a formula begins with an apostrophe.",
    audience: ["staff", "service"],
    permission: "customers:read",
    query: CustomerExportQuery,
    files: [
      "text/csv",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    response: z.string().meta({ description: "a file", format: "binary" }),
    errors: ["NOT_FOUND"],
  }),
};
