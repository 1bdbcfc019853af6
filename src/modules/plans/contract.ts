import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { count, searchText, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { PlanTermsInput, termsExample, termsFields } from "./contract/terms";

export const planStatuses = ["draft", "active", "archived"] as const;
export type PlanStatus = (typeof planStatuses)[number];

const words = {
  code: "in programs; lower case, such as pro",
  is_public: "whether customers see it, and may choose it themselves",
  position: "its place on a price page, the least first",
  status: "draft: nothing of it was published yet",
  current_version: "what new subscriptions get",
  draft_version: "what would be published next; null without one",
};

const at = z.iso.datetime();

/** The terms of a plan. A published version never changes. */
export const PlanVersion = z
  .object({
    id: idOf("plv"),
    plan_id: idOf("pln"),
    number: z.number().int(),
    status: z.enum(["draft", "published"]),
    is_current: z.boolean().meta({ description: words.current_version }),
    ...termsFields,
    published_at: at.nullable(),
    created_at: at,
    updated_at: at,
  })
  .meta({ id: "PlanVersion" });
export type PlanVersion = z.output<typeof PlanVersion>;

/** What is sold. */
export const Plan = z
  .object({
    id: idOf("pln"),
    code: z.string().meta({ description: words.code }),
    name: z.string(),
    description: z.string(),
    is_public: z.boolean().meta({ description: words.is_public }),
    position: z.number().int().meta({ description: words.position }),
    status: z.enum(planStatuses).meta({ description: words.status }),
    current_version: PlanVersion.nullable().meta({
      description: words.current_version,
    }),
    draft_version: PlanVersion.nullable().meta({
      description: words.draft_version,
    }),
    archived_at: at.nullable(),
    created_at: at,
    updated_at: at,
  })
  .meta({ id: "Plan" });
export type Plan = z.output<typeof Plan>;

/** A plan as anybody may see it. */
export const PublicPlan = z
  .object({
    id: idOf("pln"),
    version_id: idOf("plv"),
    code: z.string(),
    name: z.string(),
    description: z.string(),
    ...termsFields,
  })
  .meta({ id: "PublicPlan" });
export type PublicPlan = z.output<typeof PublicPlan>;

const PublicPlans = z.object({ items: z.array(PublicPlan) });

const fields = {
  code: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,63}$/, {
      error: "must begin with a letter and have only a-z, 0-9, _ and -",
    })
    .meta({ description: words.code, example: "pro" }),
  name: text(80),
  description: searchText(500),
  is_public: z.boolean().meta({ description: words.is_public }),
  position: count(0, 10_000).meta({ description: words.position }),
};

export const PlanInput = z
  .strictObject({
    code: fields.code,
    name: fields.name,
    description: fields.description.default(""),
    is_public: fields.is_public.default(true),
    position: fields.position.default(0),
    terms: PlanTermsInput.optional().meta({
      description: "of its first draft; empty unless given",
    }),
  })
  .meta({ id: "PlanInput" });
/** A new plan as verbs take it; what may be left out is as in the contract. */
export type PlanInput = z.input<typeof PlanInput>;

export const PlanPatch = z
  .strictObject({
    ...fields,
    is_archived: z.boolean().meta({ description: "false sells it again" }),
  })
  .partial()
  .meta({ id: "PlanPatch" });
export type PlanPatch = z.output<typeof PlanPatch>;

export const PlanQuery = z.strictObject({
  ...pageFields,
  search: searchText(100).optional().meta({
    description: "a part of the name or the code",
  }),
  status: z.enum(planStatuses).optional().meta({
    description: "all but archived ones unless given",
  }),
});
export type PlanQuery = z.output<typeof PlanQuery>;

/** The plan that a path names. */
export const PlanId = z.object({ plan_id: idOf("pln") });

const staff = { audience: ["staff", "service"] } as const;
const readers = { ...staff, permission: "plans:read" } as const;
const writers = { ...staff, permission: "plans:write" } as const;
export const plansApi = {
  listPublic: endpoint({
    id: "plans.listPublic",
    method: "GET",
    path: "/v1/plans",
    summary: "List the plans that one can choose",
    audience: ["public"],
    response: PublicPlans,
  }),
  listOwn: endpoint({
    id: "plans.listOwn",
    method: "GET",
    path: "/v1/billing/plans",
    summary:
      "List the plans that one can choose, prices in one's currency first",
    audience: ["customer"],
    permission: "billing:read",
    response: PublicPlans,
  }),
  list: endpoint({
    id: "plans.list",
    method: "GET",
    path: "/v1/plan-catalog",
    summary: "List all plans, hidden ones and drafts too",
    ...readers,
    query: PlanQuery,
    response: pageOf(Plan),
  }),
  create: endpoint({
    id: "plans.create",
    method: "POST",
    path: "/v1/plans",
    summary: "Create a plan, with a draft of its first version",
    description: "It is sold once that draft is published.",
    ...writers,
    status: 201,
    body: PlanInput,
    response: Plan,
    errors: ["CONFLICT"],
    example: { code: "starter", name: "Starter", terms: termsExample },
  }),
  get: endpoint({
    id: "plans.get",
    method: "GET",
    path: "/v1/plans/{plan_id}",
    summary: "Get a plan, with its current version and its draft",
    versioned: true,
    ...readers,
    params: PlanId,
    response: Plan,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    id: "plans.update",
    method: "PATCH",
    path: "/v1/plans/{plan_id}",
    summary:
      "Change a plan's name, words, place or visibility, or sell it again",
    description: "Its terms are those of its versions.",
    versioned: true,
    ...writers,
    params: PlanId,
    body: PlanPatch,
    response: Plan,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { name: "Starter", is_public: false },
  }),
  archive: endpoint({
    id: "plans.archive",
    method: "DELETE",
    path: "/v1/plans/{plan_id}",
    summary: "Archive a plan: nobody can choose it any more",
    description: "Subscriptions that have it keep it.",
    versioned: true,
    ...writers,
    params: PlanId,
    response: Plan,
    errors: ["NOT_FOUND"],
  }),
};
