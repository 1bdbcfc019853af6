import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { FlagParam, searchText, Slug, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

export const aggregations = [
  "count",
  "sum",
  "max",
  "unique",
  "latest",
] as const;
export const Aggregation = z.enum(aggregations);
export type Aggregation = z.output<typeof Aggregation>;

/** What of an event can be summed, or its greatest or latest taken. */
export const amountFields = [
  "quantity",
  "tokens",
  "tokens_input",
  "tokens_output",
  "tokens_cached",
  "tokens_reasoning",
  "cost",
  "duration_ms",
  "property",
] as const;

/** What of an event can be told apart. */
export const uniqueFields = ["endpoint", "model", "key", "property"] as const;

export const meterFields = [
  ...amountFields,
  "endpoint",
  "model",
  "key",
] as const;
export const MeterField = z.enum(meterFields);
export type MeterField = z.output<typeof MeterField>;

/** The fields that an aggregation can be of; none for a count. */
export function fieldsOf(aggregation: Aggregation): readonly MeterField[] {
  if (aggregation === "count") return [];
  return aggregation === "unique" ? uniqueFields : amountFields;
}

const words = {
  name: "in programs, such as in a check",
  unit: "one of what is counted, such as token",
  field: "what is aggregated; null for a count",
  property: "its name in an event's properties, of the field property",
  event_meter: "only events of this meter; null is any",
  provider: "only events of this provider; null is any",
  model: "only events of this model; null is any",
};

/** A named count or sum over usage events. */
export const Meter = z
  .object({
    id: idOf("mtr"),
    name: Slug.meta({ description: words.name }),
    title: z.string(),
    unit: z.string().meta({ description: words.unit }),
    aggregation: Aggregation,
    field: MeterField.nullable().meta({ description: words.field }),
    property: z.string().nullable().meta({ description: words.property }),
    event_meter: z.string().nullable().meta({ description: words.event_meter }),
    provider: z.string().nullable().meta({ description: words.provider }),
    model: z.string().nullable().meta({ description: words.model }),
    is_system: z
      .boolean()
      .meta({ description: "came with the app, and stays" }),
    is_used: z.boolean().meta({
      description:
        "something was counted: its name and what it counts stay as they are",
    }),
    archived_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Meter" });
export type Meter = z.output<typeof Meter>;

const filter = (max: number) => text(max).nullable();
const lower = (max: number) => text(max).toLowerCase().nullable();

const fields = {
  title: text(80),
  unit: searchText(40),
  aggregation: Aggregation,
  field: MeterField.nullable(),
  property: text(64).nullable(),
  event_meter: filter(64),
  provider: lower(64),
  model: lower(128),
};

export const MeterInput = z
  .strictObject({
    name: Slug.meta({ description: words.name }),
    title: fields.title,
    unit: fields.unit.default("").meta({ description: words.unit }),
    aggregation: fields.aggregation,
    field: fields.field.default(null).meta({ description: words.field }),
    property: fields.property
      .default(null)
      .meta({ description: words.property }),
    event_meter: fields.event_meter
      .default(null)
      .meta({ description: words.event_meter }),
    provider: fields.provider
      .default(null)
      .meta({ description: words.provider }),
    model: fields.model.default(null).meta({ description: words.model }),
  })
  .superRefine((meter, context) => {
    for (const { field, message } of problemsOf(meter))
      context.addIssue({ code: "custom", path: [field], message });
  })
  .meta({ id: "MeterInput" });
export type MeterInput = z.output<typeof MeterInput>;

export const MeterPatch = z
  .strictObject({
    name: Slug,
    ...fields,
    is_archived: z.boolean().meta({ description: "false brings one back" }),
  })
  .partial()
  .meta({ id: "MeterPatch" });
export type MeterPatch = z.output<typeof MeterPatch>;

export type MeterRule = Pick<Meter, "aggregation" | "field" | "property">;

/** What is wrong with the parts of a meter together, by field. */
export function problemsOf({ aggregation, field, property }: MeterRule): {
  field: "field" | "property";
  message: string;
}[] {
  const known = fieldsOf(aggregation);
  if (known.length === 0) {
    if (field !== null)
      return [
        { field: "field", message: "must be left out: a count has none" },
      ];
  } else if (field === null || !known.includes(field))
    return [
      {
        field: "field",
        message: `must be one of ${known.join(", ")} to take ${nouns[aggregation]}`,
      },
    ];
  if (field === "property" && property === null)
    return [
      { field: "property", message: "is required with the field property" },
    ];
  if (field !== "property" && property !== null)
    return [
      {
        field: "property",
        message: "must be left out unless the field is property",
      },
    ];
  return [];
}

const nouns: Record<Aggregation, string> = {
  count: "a count",
  sum: "a sum",
  max: "the greatest",
  unique: "how many different ones there are",
  latest: "the latest",
};

export const MeterQuery = z.strictObject({
  ...pageFields,
  search: searchText(100).optional().meta({
    description: "a part of the name or the title",
  }),
  include_archived: FlagParam.optional(),
});
export type MeterQuery = z.output<typeof MeterQuery>;

const MeterId = z.object({ meter_id: idOf("mtr") });
const staff = { audience: ["staff", "service"] } as const;
const readers = { ...staff, permission: "plans:read" } as const;
const writers = { ...staff, permission: "plans:write" } as const;

export const metersApi = {
  list: endpoint({
    id: "meters.list",
    method: "GET",
    path: "/v1/meters",
    summary: "List meters: what is counted over usage events",
    ...readers,
    query: MeterQuery,
    response: pageOf(Meter),
  }),
  create: endpoint({
    id: "meters.create",
    method: "POST",
    path: "/v1/meters",
    summary: "Create a meter",
    description:
      "It counts events that come from now on. An event counts when it fits event_meter, provider and model.",
    ...writers,
    status: 201,
    body: MeterInput,
    response: Meter,
    errors: ["CONFLICT"],
    example: {
      name: "gemini_tokens",
      title: "Gemini tokens",
      unit: "token",
      aggregation: "sum",
      field: "tokens",
      provider: "gemini",
    },
  }),
  get: endpoint({
    id: "meters.get",
    method: "GET",
    path: "/v1/meters/{meter_id}",
    summary: "Get a meter",
    versioned: true,
    ...readers,
    params: MeterId,
    response: Meter,
    errors: ["NOT_FOUND"],
  }),
  update: endpoint({
    id: "meters.update",
    method: "PATCH",
    path: "/v1/meters/{meter_id}",
    summary: "Change a meter, or bring an archived one back",
    description:
      "Once something was counted, only its title and unit change: other meanings need another meter. Of a meter that came with the app only the title changes.",
    versioned: true,
    ...writers,
    params: MeterId,
    body: MeterPatch,
    response: Meter,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { title: "Tokens of all models" },
  }),
  archive: endpoint({
    id: "meters.archive",
    method: "DELETE",
    path: "/v1/meters/{meter_id}",
    summary: "Archive a meter: it counts no more, and checks cannot name it",
    versioned: true,
    ...writers,
    params: MeterId,
    response: Meter,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
