import * as z from "zod";
import { endpoint } from "@/shared/endpoint";

/** A word or two that customers are found by; however it is typed, it is kept in one form. */
export const Tag = z
  .string()
  .overwrite((value) =>
    value.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase(),
  )
  .min(1)
  .max(40)
  .refine((value) => value.isWellFormed() && !/[,\p{Cc}]/u.test(value), {
    error: "must have no comma and no control character",
  })
  .meta({ example: "early access" });

export const mostTags = 20;

/** The tags of a customer, each once, in order. */
export const Tags = z
  .array(Tag)
  .max(100)
  .overwrite((tags) => [...new Set(tags)].sort())
  .refine((tags) => tags.length <= mostTags, {
    error: `must be at most ${mostTags} tags`,
  });

export const tagsApi = {
  list: endpoint({
    id: "tags.list",
    method: "GET",
    path: "/v1/tags",
    summary: "List the tags of customers, those of most customers first",
    description: "At most a thousand.",
    audience: ["staff", "service"],
    permission: "customers:read",
    response: z.object({
      items: z.array(
        z.object({ name: z.string(), customers: z.number().int() }),
      ),
    }),
  }),
};
