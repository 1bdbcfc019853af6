import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { Slug, text } from "@/shared/fields";
import { Source } from "../contract";

const number = z.number().min(-1e15).max(1e15);
const one = z.union([text(500), number, z.boolean()]);

/** What a static feature says: text, a number, yes or no, or a list of them. */
export const FeatureValue = z.union([one, z.array(one).max(50)], {
  error: "must be text, a number, true, false, or a list of these",
});

const kinds = {
  boolean: z.strictObject({
    feature: Slug,
    kind: z.literal("boolean"),
    value: z.boolean().meta({
      description: "false takes away what the plan or the default gives",
    }),
  }),
  static: z.strictObject({
    feature: Slug,
    kind: z.literal("static"),
    value: FeatureValue,
  }),
  metered: z.strictObject({
    feature: Slug,
    kind: z.literal("metered"),
    meter: Slug.meta({ description: "whose quota decides" }),
  }),
};

export const FeatureInput = z.discriminatedUnion("kind", [
  kinds.boolean,
  kinds.static,
  kinds.metered,
]);
export type FeatureInput = z.output<typeof FeatureInput>;

export const FeaturesInput = z
  .strictObject({
    features: z
      .array(FeatureInput)
      .max(100)
      .superRefine((features, context) => {
        const seen = new Set<string>();
        for (const [at, { feature }] of features.entries()) {
          if (seen.has(feature))
            context.addIssue({
              code: "custom",
              path: [at, "feature"],
              message: "is named twice",
            });
          seen.add(feature);
        }
      }),
  })
  .meta({ id: "FeaturesInput" });
export type FeaturesInput = z.output<typeof FeaturesInput>;

/** A feature in force. */
export const Feature = z
  .object({
    feature: Slug,
    kind: z.enum(["boolean", "static", "metered"]),
    value: z.unknown().meta({ description: "null of a metered one" }),
    meter: z.string().nullable(),
    source: Source,
  })
  .meta({ id: "Feature" });
export type Feature = z.output<typeof Feature>;

export const Features = z
  .object({ features: z.array(Feature) })
  .meta({ id: "Features" });
export type Features = z.output<typeof Features>;

const staff = { audience: ["staff", "service"] } as const;

export const featuresApi = {
  get: endpoint({
    id: "features.get",
    method: "GET",
    path: "/v1/customers/{customer_id}/features",
    summary: "Get the features that a customer has",
    description:
      "Of each feature the first of the customer's own, its plan's and the default.",
    ...staff,
    permission: "customers:read",
    params: CustomerId,
    response: Features,
    errors: ["NOT_FOUND"],
  }),
  set: endpoint({
    id: "features.set",
    method: "PUT",
    path: "/v1/customers/{customer_id}/features",
    summary: "Set a customer's own features",
    description:
      "They replace all that it had of its own. A feature that is left out is as the plan or the default says.",
    ...staff,
    permission: "customers:write",
    params: CustomerId,
    body: FeaturesInput,
    response: Features,
    errors: ["NOT_FOUND"],
    example: {
      features: [{ feature: "white_label", kind: "boolean", value: true }],
    },
  }),
  getDefault: endpoint({
    id: "features.getDefault",
    method: "GET",
    path: "/v1/features/default",
    summary: "Get the features of customers whose plan does not say otherwise",
    ...staff,
    permission: "plans:read",
    response: Features,
  }),
  setDefault: endpoint({
    id: "features.setDefault",
    method: "PUT",
    path: "/v1/features/default",
    summary: "Set the features of customers whose plan does not say otherwise",
    description: "They replace all that were set.",
    ...staff,
    permission: "plans:write",
    body: FeaturesInput,
    response: Features,
    example: {
      features: [{ feature: "support", kind: "static", value: "mail" }],
    },
  }),
};
