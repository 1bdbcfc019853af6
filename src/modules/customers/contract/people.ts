import * as z from "zod";
import { Done, MailNotice } from "@/modules/identity/contract/accounts";
import { Invitation, Member } from "@/modules/identity/contract/members";
import { Password } from "@/modules/identity/contract/password";
import { endpoint } from "@/shared/endpoint";
import { Email, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { customerRoles } from "@/shared/permissions";

type Named = Partial<
  Record<"full_name" | "name" | "first_name" | "last_name", string | undefined>
>;

/** What a person is called, by whichever fields say it; empty when none does. */
export function fullNameOf(given: Named): string {
  const { full_name, name, first_name, last_name } = given;
  const parts = [first_name, last_name].filter(Boolean);
  return full_name ?? name ?? parts.join(" ");
}

export const Registration = z
  .strictObject({
    email: Email,
    password: Password,
    full_name: text(120).optional(),
    name: text(120).optional().meta({ description: "the same as full_name" }),
    first_name: text(60).optional().meta({
      description: "with last_name, in place of full_name",
    }),
    last_name: text(59).optional(),
    company_name: text(120).optional(),
  })
  .refine((input) => fullNameOf(input) !== "", {
    path: ["full_name"],
    error: "is required",
    when: () => true,
  })
  .meta({ id: "Registration" });
export type Registration = z.output<typeof Registration>;

export const MemberInvitation = z
  .strictObject({ email: Email, role: z.enum(customerRoles) })
  .meta({ id: "MemberInvitation" });
export type MemberInvitation = z.output<typeof MemberInvitation>;

/** A customer that the signed-in person belongs to. */
export const OwnCustomer = z
  .object({
    id: idOf("cus"),
    name: z.string(),
    role: z.enum(customerRoles),
    is_current: z.boolean(),
  })
  .meta({ id: "OwnCustomer" });
export type OwnCustomer = z.output<typeof OwnCustomer>;

const CustomerId = z.object({ customer_id: idOf("cus") });
const MemberId = CustomerId.extend({ user_id: idOf("usr") });
const InvitationId = CustomerId.extend({ invitation_id: idOf("inv") });
const readers = {
  audience: ["staff", "customer"],
  permission: "members:read",
} as const;
const writers = {
  audience: ["staff", "customer"],
  permission: "members:write",
} as const;

export const registrationApi = {
  register: endpoint({
    id: "registration.register",
    method: "POST",
    path: "/v1/auth/register",
    summary: "Register a customer; the address is verified by mail",
    description: "Answers alike whether or not anybody has the address.",
    audience: ["public"],
    limit: "auth",
    status: 202,
    body: Registration,
    response: MailNotice,
    example: {
      email: "grace@example.com",
      password: "a long sentence is best",
      full_name: "Grace Hopper",
      company_name: "Compilers",
    },
  }),
  verifyEmail: endpoint({
    id: "registration.verifyEmail",
    method: "POST",
    path: "/v1/auth/verify-email",
    summary: "Verify an address by its mailed link",
    audience: ["public"],
    limit: "auth",
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    response: Done.extend({ email: z.string() }).meta({ id: "Verified" }),
    errors: ["GONE"],
    example: { token: "vl_…" },
  }),
};

export const ownCustomersApi = {
  list: endpoint({
    id: "ownCustomers.list",
    method: "GET",
    path: "/v1/auth/customers",
    summary: "List the customers that one belongs to",
    audience: ["staff", "customer"],
    response: z.object({ items: z.array(OwnCustomer) }),
  }),
  choose: endpoint({
    id: "ownCustomers.choose",
    method: "POST",
    path: "/v1/auth/customers/{customer_id}/choose",
    summary: "Have the session act for another of one's customers",
    audience: ["staff", "customer"],
    params: CustomerId,
    response: Done,
    errors: ["NOT_FOUND"],
  }),
};

export const membersApi = {
  list: endpoint({
    id: "members.list",
    method: "GET",
    path: "/v1/customers/{customer_id}/members",
    summary: "List a customer's people, and who is invited",
    ...readers,
    params: CustomerId,
    response: z.object({
      items: z.array(Member),
      invitations: z.array(Invitation),
    }),
    errors: ["NOT_FOUND"],
  }),
  invite: endpoint({
    id: "members.invite",
    capability: "team",
    method: "POST",
    path: "/v1/customers/{customer_id}/invitations",
    summary: "Invite a person to a customer by mail",
    ...writers,
    status: 201,
    params: CustomerId,
    body: MemberInvitation,
    response: Invitation,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { email: "grace@example.com", role: "member" },
  }),
  resendInvitation: endpoint({
    id: "members.resendInvitation",
    capability: "team",
    method: "POST",
    path: "/v1/customers/{customer_id}/invitations/{invitation_id}/resend",
    summary: "Mail an invitation again, with new time",
    ...writers,
    params: InvitationId,
    response: Invitation,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  revokeInvitation: endpoint({
    id: "members.revokeInvitation",
    capability: "team",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/invitations/{invitation_id}",
    summary: "Take an invitation back",
    ...writers,
    params: InvitationId,
    response: Done,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  setRole: endpoint({
    id: "members.setRole",
    capability: "team",
    method: "PATCH",
    path: "/v1/customers/{customer_id}/members/{user_id}",
    summary: "Give one of a customer's people another role",
    ...writers,
    params: MemberId,
    body: z.strictObject({ role: z.enum(customerRoles) }),
    response: Done,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { role: "billing" },
  }),
  remove: endpoint({
    id: "members.remove",
    capability: "team",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/members/{user_id}",
    summary: "Remove one of a customer's people",
    ...writers,
    params: MemberId,
    response: Done,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};

export const viewAsApi = {
  start: endpoint({
    id: "viewAs.start",
    method: "POST",
    path: "/v1/customers/{customer_id}/view-as",
    summary: "Look at the portal as a customer, for an hour",
    description:
      "The session acts as the customer until it is stopped; money, secrets and people cannot be changed.",
    audience: ["staff"],
    permission: "customers:read",
    params: CustomerId,
    body: z.strictObject({ reason: text(500) }),
    response: Done,
    errors: ["NOT_FOUND"],
    example: { reason: "Ticket 1042: the usage chart looks empty" },
  }),
  stop: endpoint({
    id: "viewAs.stop",
    method: "DELETE",
    path: "/v1/auth/view-as",
    summary: "Stop looking at the portal as a customer",
    audience: ["staff", "customer"],
    isOpen: true,
    response: Done,
  }),
};
