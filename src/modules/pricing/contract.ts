import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import {
  count,
  decimal,
  FlagParam,
  Instant,
  searchText,
  text,
} from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

/** The model of a row that holds for all models without a row of their own. */
export const anyModel = "*";

const Provider = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/, {
    error: "must be a short name such as openai: letters, digits, - . _",
  })
  .meta({ description: "kept in lower case", example: "openai" });

const Model = text(128)
  .toLowerCase()
  .meta({
    description: `kept in lower case; ${anyModel} for the provider's models that have no price of their own`,
    example: "gpt-4o-mini",
  });

const perMillion = decimal(9, 6);
const perOne = decimal(8, 12);

/** The fields that hold a price, as decimal text in USD. */
export const priceFields = [
  "input_per_million",
  "output_per_million",
  "cached_per_million",
  "reasoning_per_million",
  "per_call",
  "per_unit",
] as const;

const words = {
  context_above:
    "holds for calls with more input tokens than this; of several that hold, the greatest",
  cached_per_million: "null: as input",
  reasoning_per_million: "null: as output",
  per_unit: "for each of an event's quantity",
  unit: "what per_unit is for, such as image or search",
  cached_in_input: "whether tokens_input has the cached ones in it",
  reasoning_in_output: "whether tokens_output has the reasoning ones in it",
  source: "where the figures are from",
};

const Rate = z.string().nullable();
const rates = {
  input_per_million: Rate,
  output_per_million: Rate,
  cached_per_million: Rate.meta({ description: words.cached_per_million }),
  reasoning_per_million: Rate.meta({
    description: words.reasoning_per_million,
  }),
  per_call: Rate,
  per_unit: Rate.meta({ description: words.per_unit }),
  unit: z.string().nullable().meta({ description: words.unit }),
  cached_in_input: z.boolean().meta({ description: words.cached_in_input }),
  reasoning_in_output: z.boolean().meta({
    description: words.reasoning_in_output,
  }),
};

export const priceStatuses = [
  "in_force",
  "scheduled",
  "past",
  "withdrawn",
] as const;
export type PriceStatus = (typeof priceStatuses)[number];

/** A row of the price book: what a provider's units cost in a span of time. */
export const Price = z
  .object({
    id: idOf("prc"),
    provider: z.string(),
    model: z.string(),
    context_above: z.number().int().meta({ description: words.context_above }),
    ...rates,
    currency: z.literal("USD"),
    status: z.enum(priceStatuses).meta({
      description: "withdrawn: ended before it began, so never in force",
    }),
    effective_from: z.iso.datetime(),
    effective_to: z.iso.datetime().nullable(),
    source: z.string(),
    created_by: z.string().nullable().meta({
      description: "null: the price came with the app",
    }),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Price" });
export type Price = z.output<typeof Price>;

const isGiven = (value: string | null | undefined) =>
  value !== null && value !== undefined;

export const PriceInput = z
  .strictObject({
    provider: Provider,
    model: Model,
    context_above: count(0, 1_000_000_000_000).default(0).meta({
      description: words.context_above,
    }),
    input_per_million: perMillion.nullish(),
    output_per_million: perMillion.nullish(),
    cached_per_million: perMillion.nullish(),
    reasoning_per_million: perMillion.nullish(),
    per_call: perOne.nullish(),
    per_unit: perOne.nullish(),
    unit: text(40).nullish(),
    cached_in_input: z.boolean().default(true),
    reasoning_in_output: z.boolean().default(true),
    effective_from: Instant.optional().meta({
      description:
        "now unless given; before now only for a model that had no price then",
    }),
    effective_to: Instant.nullish(),
    source: text(300).meta({ description: words.source }),
  })
  .refine((price) => priceFields.some((name) => isGiven(price[name])), {
    path: ["input_per_million"],
    error: "must be given, or another of the prices",
  })
  .refine(({ per_unit, unit }) => isGiven(per_unit) === isGiven(unit), {
    path: ["unit"],
    error: "must be given with a price per unit and only then, such as image",
  })
  .meta({ id: "PriceInput" });
/** A new price as verbs take it; what may be left out is as in the contract. */
export type PriceInput = z.input<typeof PriceInput>;

export const CloseInput = z
  .strictObject({
    effective_to: Instant.optional().meta({
      description: "now unless given; not before now",
    }),
  })
  .meta({ id: "ClosePriceInput" });
export type CloseInput = z.output<typeof CloseInput>;

export const PriceQuery = z
  .strictObject({
    ...pageFields,
    provider: Provider.optional(),
    model: Model.optional(),
    search: searchText(100).optional().meta({
      description: "a part of the provider's or the model's name",
    }),
    at: Instant.optional().meta({ description: "those in force then" }),
    include_past: FlagParam.optional(),
  })
  .refine(({ at, include_past }) => at === undefined || !include_past, {
    path: ["include_past"],
    error: "give either at or include_past, and not both",
  });
export type PriceQuery = z.output<typeof PriceQuery>;

/** What anybody may see: the prices in force now. */
export const Pricing = z
  .object({
    currency: z.literal("USD"),
    at: z.iso.datetime(),
    providers: z.array(
      z.object({
        provider: z.string(),
        prices: z.array(
          z.object({
            model: z.string(),
            context_above: z.number().int(),
            ...rates,
            effective_from: z.iso.datetime(),
            source: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Pricing" });
export type Pricing = z.output<typeof Pricing>;

const PriceId = z.object({ price_id: idOf("prc") });

export const pricingApi = {
  list: endpoint({
    id: "pricing.list",
    method: "GET",
    path: "/v1/price-book",
    summary: "List prices of providers: those in force and those to come",
    audience: ["staff", "service"],
    permission: "plans:read",
    query: PriceQuery,
    response: pageOf(Price),
  }),
  create: endpoint({
    id: "pricing.create",
    method: "POST",
    path: "/v1/price-book",
    summary: "Enter a price, from now or from a time to come",
    description:
      "A price of the same provider, model and context that is open ends when this one begins. What was used before keeps its price. A start within the last minute means now.",
    audience: ["staff", "service"],
    permission: "plans:write",
    status: 201,
    body: PriceInput,
    response: Price,
    errors: ["CONFLICT"],
    example: {
      provider: "openai",
      model: "gpt-4o-mini",
      input_per_million: "0.15",
      output_per_million: "0.60",
      cached_per_million: "0.075",
      source: "openai.com/api/pricing",
    },
  }),
  get: endpoint({
    id: "pricing.get",
    method: "GET",
    path: "/v1/price-book/{price_id}",
    summary: "Get a price",
    audience: ["staff", "service"],
    permission: "plans:read",
    params: PriceId,
    response: Price,
    errors: ["NOT_FOUND"],
  }),
  close: endpoint({
    id: "pricing.close",
    method: "POST",
    path: "/v1/price-book/{price_id}/close",
    summary: "End a price, now or at a time to come",
    description:
      "One that has not begun is withdrawn when it ends before it begins; the price that it would have replaced then goes on.",
    audience: ["staff", "service"],
    permission: "plans:write",
    params: PriceId,
    body: CloseInput,
    response: Price,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {},
  }),
  pricing: endpoint({
    id: "pricing.pricing",
    method: "GET",
    path: "/v1/pricing",
    summary: "What providers' units cost now",
    audience: ["public"],
    response: Pricing,
  }),
};
