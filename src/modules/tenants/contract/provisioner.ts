import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { searchText } from "@/shared/fields";
import { idOf } from "@/shared/ids";

/** What a provisioner calls back about something that it was asked. */
export const ProvisionerReport = z.strictObject({
  call_id: idOf("tcl").meta({
    description: "the id of the call it was asked by",
  }),
  status: z.enum(["running", "succeeded", "failed"]),
  progress: z.number().int().min(0).max(100).optional().meta({
    description: "per cent, while it runs",
  }),
  message: searchText(500).optional().meta({
    description: "what it is at, while it runs",
  }),
  result: z.record(z.string(), z.unknown()).optional().meta({
    description: "what it would have answered, where the call has an answer",
  }),
  error: searchText(500).optional().meta({
    description: "why it failed; what was done is undone",
  }),
});
export type ProvisionerReport = z.output<typeof ProvisionerReport>;

export const ProvisionerReportResult = z.object({
  status: z.enum(["taken", "ignored"]),
  reason: z.string().nullable(),
});
export type ProvisionerReportResult = z.output<typeof ProvisionerReportResult>;

// The body is read raw, since the signature is over its bytes.
export const provisionerApi = {
  report: endpoint({
    id: "provisioner.report",
    method: "POST",
    path: "/v1/webhooks/provisioner",
    summary: "Where a provisioner says what became of what it was asked",
    description:
      "The body is `{call_id, status, progress?, message?, result?, error?}`, signed as standardwebhooks.com has it with `PROVISIONER_SECRET`. It ends the step that waits for it, or says how far it is.",
    audience: ["public"],
    limit: "hot",
    response: ProvisionerReportResult,
    errors: ["NOT_FOUND", "VALIDATION_FAILED"],
  }),
};
