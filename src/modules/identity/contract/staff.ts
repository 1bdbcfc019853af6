import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Email, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { staffRoles } from "@/shared/permissions";

export const StaffRoleName = z.enum(staffRoles);

/** A person of the team, with what they may do. */
export const StaffMember = z
  .object({
    id: idOf("usr"),
    email: z.string(),
    full_name: z.string(),
    role: StaffRoleName,
    is_disabled: z.boolean(),
    has_two_factor: z.boolean(),
    last_sign_in_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "StaffMember" });
export type StaffMember = z.output<typeof StaffMember>;

/** An invitation to the team that was not accepted yet; its link is in the mail only. */
export const StaffInvitation = z
  .object({
    id: idOf("inv"),
    email: z.string(),
    full_name: z.string().nullable(),
    role: StaffRoleName,
    status: z.enum(["pending", "expired", "accepted", "revoked"]),
    invited_by: z.string().nullable().meta({ description: "their name" }),
    expires_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "StaffInvitation" });
export type StaffInvitation = z.output<typeof StaffInvitation>;

export const StaffInvitationInput = z
  .strictObject({
    email: Email,
    full_name: text(120).nullish(),
    role: StaffRoleName,
  })
  .meta({ id: "StaffInvitationInput" });
export type StaffInvitationInput = z.output<typeof StaffInvitationInput>;

export const StaffPatch = z
  .strictObject({
    role: StaffRoleName.optional(),
    is_disabled: z.boolean().optional(),
  })
  .refine(({ role, is_disabled }) => role ?? is_disabled !== undefined, {
    error: "must have a role or is_disabled",
  })
  .meta({ id: "StaffPatch" });
export type StaffPatch = z.output<typeof StaffPatch>;

const ofMember = { params: z.object({ user_id: idOf("usr") }) };
const ofInvitation = { params: z.object({ invitation_id: idOf("inv") }) };

export const staffApi = {
  list: endpoint({
    id: "staff.list",
    method: "GET",
    path: "/v1/staff",
    summary: "List the team and its open invitations",
    audience: ["staff"],
    permission: "staff:read",
    response: z.object({
      items: z.array(StaffMember),
      invitations: z.array(StaffInvitation),
    }),
  }),
  invite: endpoint({
    id: "staff.invite",
    method: "POST",
    path: "/v1/staff",
    summary: "Invite a person to the team, by mail",
    description: "Only an owner may invite an owner.",
    audience: ["staff"],
    permission: "staff:write",
    status: 201,
    body: StaffInvitationInput,
    response: StaffInvitation,
    errors: ["CONFLICT"],
    example: { email: "grace@example.com", role: "support" },
  }),
  update: endpoint({
    id: "staff.update",
    method: "PATCH",
    path: "/v1/staff/{user_id}",
    summary: "Change a role, or deactivate or reactivate a person",
    description:
      "It acts on the person's next request. Only an owner may make or change owners, and one always stays.",
    audience: ["staff"],
    permission: "staff:write",
    ...ofMember,
    body: StaffPatch,
    response: StaffMember,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { role: "billing" },
  }),
  deactivate: endpoint({
    id: "staff.deactivate",
    method: "DELETE",
    path: "/v1/staff/{user_id}",
    summary: "Deactivate a person: their sessions end, what they did stays",
    audience: ["staff"],
    permission: "staff:write",
    ...ofMember,
    response: StaffMember,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  revokeInvitation: endpoint({
    id: "staff.revokeInvitation",
    method: "DELETE",
    path: "/v1/staff/invitations/{invitation_id}",
    summary: "Revoke an invitation: its link stops working",
    audience: ["staff"],
    permission: "staff:write",
    ...ofInvitation,
    response: StaffInvitation,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  resendInvitation: endpoint({
    id: "staff.resendInvitation",
    method: "POST",
    path: "/v1/staff/invitations/{invitation_id}/resend",
    summary: "Mail an invitation again, with a new link and a new week",
    audience: ["staff"],
    permission: "staff:write",
    ...ofInvitation,
    response: StaffInvitation,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
