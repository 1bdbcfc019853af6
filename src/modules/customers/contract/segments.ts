import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { CustomerFilters } from "./list";

const isGiven = (value: unknown) => value !== undefined && value !== "";

const Filters = CustomerFilters.refine(
  (filters) => Object.values(filters).some(isGiven),
  { error: "must have at least one filter" },
).meta({ description: "the filters of GET customers, by their names there" });

/** A named set of the filters of the list of customers. */
export const Segment = z
  .object({
    id: idOf("seg"),
    name: z.string(),
    filters: z.record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean()]),
    ),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Segment" });
export type Segment = z.output<typeof Segment>;

export const SegmentInput = z
  .strictObject({ name: text(60), filters: Filters })
  .meta({ id: "SegmentInput" });
export type SegmentInput = z.output<typeof SegmentInput>;

export const SegmentPatch = SegmentInput.partial().meta({ id: "SegmentPatch" });
export type SegmentPatch = z.output<typeof SegmentPatch>;

const staff = { audience: ["staff", "service"] } as const;
const writers = { ...staff, permission: "customers:write" } as const;
const SegmentId = z.object({ segment_id: idOf("seg") });
const example = {
  name: "Large and active",
  filters: { status: "active", "revenue[gte]": 100_000, tag: "enterprise" },
};

export const segmentsApi = {
  list: endpoint({
    id: "segments.list",
    method: "GET",
    path: "/v1/segments",
    summary: "List the segments of customers, by name",
    ...staff,
    permission: "customers:read",
    response: z.object({ items: z.array(Segment) }),
  }),
  create: endpoint({
    id: "segments.create",
    method: "POST",
    path: "/v1/segments",
    summary: "Name a set of filters of the list of customers",
    description: "GET customers takes its id as segment, beside other filters.",
    ...writers,
    status: 201,
    body: SegmentInput,
    response: Segment,
    errors: ["CONFLICT"],
    example,
  }),
  update: endpoint({
    id: "segments.update",
    method: "PATCH",
    path: "/v1/segments/{segment_id}",
    summary: "Rename a segment, or give it other filters",
    description: "Filters take the place of those that it had.",
    ...writers,
    params: SegmentId,
    body: SegmentPatch,
    response: Segment,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { filters: example.filters },
  }),
  remove: endpoint({
    id: "segments.remove",
    method: "DELETE",
    path: "/v1/segments/{segment_id}",
    summary: "Delete a segment; its customers stay as they are",
    ...writers,
    params: SegmentId,
    response: z.object({ id: idOf("seg"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND"],
  }),
};
