import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { MessageText } from "./messages";

/** What may stand between {{ and }} in a canned reply. */
export const replyVariables = [
  "customer.name",
  "ticket.number",
  "ticket.subject",
  "agent.name",
  "company.name",
] as const;
export type ReplyVariable = (typeof replyVariables)[number];

const pattern = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** A canned reply with its variables filled in. */
export function filledReply(
  body: string,
  values: Readonly<Record<ReplyVariable, string>>,
): string {
  return body.replace(pattern, (whole, name: string) =>
    isVariable(name) ? values[name] : whole,
  );
}

/** What stands between {{ and }} and is no variable. */
export function unknownVariables(body: string): string[] {
  const names = [...body.matchAll(pattern)].map(([, name = ""]) => name);
  return [...new Set(names)].filter((name) => !isVariable(name));
}

function isVariable(name: string): name is ReplyVariable {
  return replyVariables.some((one) => one === name);
}

const Body = MessageText.refine((body) => unknownVariables(body).length === 0, {
  error: `may have these variables alone: ${replyVariables.map((name) => `{{${name}}}`).join(", ")}`,
});

/** An answer that is given often. */
export const CannedReply = z
  .object({
    id: idOf("cnd"),
    name: z.string(),
    body: z.string().meta({ example: "Hello {{customer.name}}, …" }),
    text: z.string().nullable().meta({
      description: "the body as it is in the ticket that was asked for",
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "CannedReply" });
export type CannedReply = z.output<typeof CannedReply>;

export const CannedReplyInput = z
  .strictObject({ name: text(80), body: Body })
  .meta({ id: "CannedReplyInput" });
export type CannedReplyInput = z.output<typeof CannedReplyInput>;

export const CannedReplyQuery = z.strictObject({
  ticket_id: idOf("tkt").optional().meta({
    description: "fills the variables in, as `text`",
  }),
});
export type CannedReplyQuery = z.output<typeof CannedReplyQuery>;

export const CannedReplyId = z.object({ canned_reply_id: idOf("cnd") });

const staffOnly = {
  audience: ["staff", "service"],
  permission: "support:write",
} as const;
const example = {
  name: "How to rotate a key",
  body: "Hello {{customer.name}},\n\nopen **API keys** and choose *Rotate*.\n\n{{agent.name}}",
};
const one = {
  ...staffOnly,
  path: "/v1/canned-replies/{canned_reply_id}",
  params: CannedReplyId,
} as const;

export const cannedRepliesApi = {
  list: endpoint({
    id: "cannedReplies.list",
    method: "GET",
    path: "/v1/canned-replies",
    summary: "List canned replies by name",
    audience: ["staff", "service"],
    permission: "support:read",
    query: CannedReplyQuery,
    response: z.object({ items: z.array(CannedReply) }),
    errors: ["NOT_FOUND"],
  }),
  create: endpoint({
    ...staffOnly,
    id: "cannedReplies.create",
    method: "POST",
    path: "/v1/canned-replies",
    summary: "Write a canned reply",
    status: 201,
    body: CannedReplyInput,
    response: CannedReply,
    errors: ["CONFLICT"],
    example,
  }),
  get: endpoint({
    ...one,
    id: "cannedReplies.get",
    method: "GET",
    permission: "support:read",
    summary: "Get a canned reply",
    versioned: true,
    response: CannedReply,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    ...one,
    id: "cannedReplies.update",
    method: "PUT",
    summary: "Change a canned reply",
    versioned: true,
    body: CannedReplyInput,
    response: CannedReply,
    errors: ["NOT_FOUND", "CONFLICT"],
    example,
  }),
  remove: endpoint({
    ...one,
    id: "cannedReplies.remove",
    method: "DELETE",
    summary: "Delete a canned reply",
    response: CannedReply,
    errors: ["NOT_FOUND"],
  }),
};
