import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { customerRoles, staffRoles } from "@/shared/permissions";
import { Done } from "./accounts";
import { Password } from "./password";

/** One of a customer's people. */
export const Member = z
  .object({
    id: idOf("usr"),
    email: z.string(),
    full_name: z.string(),
    role: z.enum(customerRoles),
    two_factor: z.boolean(),
    last_sign_in_at: z.iso.datetime().nullable(),
    joined_at: z.iso.datetime(),
  })
  .meta({ id: "Member" });
export type Member = z.output<typeof Member>;

/** An invitation that nobody has accepted yet. */
export const Invitation = z
  .object({
    id: idOf("inv"),
    email: z.string(),
    full_name: z.string().nullable(),
    role: z.enum([...staffRoles, ...customerRoles]),
    is_expired: z.boolean(),
    expires_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "Invitation" });
export type Invitation = z.output<typeof Invitation>;

export const Acceptance = z
  .strictObject({
    token: z.string().min(1).max(200),
    full_name: text(120).optional(),
    password: Password.optional().meta({
      description: "for a person who has no account yet",
    }),
  })
  .meta({ id: "Acceptance" });
export type Acceptance = z.output<typeof Acceptance>;

export const invitationsApi = {
  accept: endpoint({
    id: "invitations.accept",
    method: "POST",
    path: "/v1/auth/accept-invitation",
    summary: "Accept an invitation by its mailed link",
    audience: ["public"],
    limit: "auth",
    body: Acceptance,
    response: Done.extend({ email: z.string() }).meta({ id: "Accepted" }),
    errors: ["GONE"],
    example: {
      token: "iv_…",
      full_name: "Grace Hopper",
      password: "a long sentence is best",
    },
  }),
};
