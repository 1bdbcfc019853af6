import * as z from "zod";
import { Email, Metadata, searchText, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, pageFields } from "@/shared/page";
import { TenantStatus } from "./parts";

const line = (max: number) =>
  text(max).regex(/^[^\p{Cc}]*$/u, { error: "must be one line" });

/** As it is typed; what is stored is its normal form, which the rules are about. */
export const SubdomainText = text(200).meta({ example: "acme" });

export const ModuleName = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, {
  error: "must be a module's name: a letter, then a-z, 0-9 and _, at most 63",
});

const owner = {
  customer_id: idOf("cus").optional().meta({
    description: "staff and services must say it; others have their own",
  }),
  subscription_id: idOf("sub").nullish().meta({
    description:
      "what the tenant lives with; the one that gives access, unless said",
  }),
};

export const TenantInput = z
  .strictObject({
    ...owner,
    name: line(120)
      .optional()
      .meta({ description: "the subdomain, if left out" }),
    subdomain: SubdomainText,
    admin_email: Email.optional().meta({
      description: "of the first person in it; the customer's, unless given",
    }),
    modules: z.array(ModuleName).max(50).default([]).meta({
      description: "installed from the start",
    }),
    metadata: Metadata.optional(),
  })
  .meta({ id: "TenantInput" });
export type TenantInput = z.output<typeof TenantInput>;

export const AdoptInput = z
  .strictObject({
    ...owner,
    customer_id: idOf("cus"),
    name: line(120).optional(),
    subdomain: SubdomainText,
    ref: text(63)
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, {
        error: "must be the name of a database",
      })
      .meta({ description: "what the driver knows it by, such as a database" }),
    admin_email: Email,
    admin_password: z.string().min(1).max(200).optional().meta({
      description: "where the driver signs in by it; it is kept sealed",
    }),
  })
  .meta({ id: "TenantAdoptInput" });
export type AdoptInput = z.output<typeof AdoptInput>;

export const TenantPatch = z
  .strictObject({
    name: line(120).optional(),
    metadata: Metadata.optional(),
  })
  .meta({ id: "TenantPatch" });
export type TenantPatch = z.output<typeof TenantPatch>;

export const TenantQuery = z.strictObject({
  ...pageFields,
  customer_id: idOf("cus").optional(),
  status: TenantStatus.optional(),
  search: searchText(80).optional().meta({
    description: "a part of the name or the subdomain",
  }),
  include_deleted: z.enum(["true", "false"]).optional(),
});
export type TenantQuery = z.output<typeof TenantQuery>;

export const LogQuery = z.strictObject({
  ...cursorFields(idOf("tlg")),
  level: z.enum(["info", "warning", "error"]).optional(),
});
export type LogQuery = z.output<typeof LogQuery>;

export const SuspendInput = z.strictObject({
  reason: text(500).optional().meta({
    description: "said to the customer's people, and not to visitors",
  }),
});
export type SuspendInput = z.output<typeof SuspendInput>;

export const SubdomainQuery = z.strictObject({
  subdomain: searchText(200).default("").meta({ example: "acme" }),
});

export const ModuleInput = z.strictObject({ name: ModuleName });
