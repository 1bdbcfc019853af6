import * as z from "zod";

/** The part of the environment that has answers to tickets come by mail. */
export const supportSettings = {
  SUPPORT_INBOUND_ADDRESS: z
    .string()
    .regex(z.regexes.email, "must be an email address alone")
    .refine((address) => address.indexOf("@") <= 10, {
      error: "must have at most 10 characters before the @",
    })
    .optional()
    .describe(
      "`reply@in.example.com`: answers to tickets by mail go to `reply+…@in.example.com`; see docs/reply-by-mail.md",
    ),
  SUPPORT_INBOUND_SECRET: z
    .string()
    .regex(
      /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/,
      "must be whsec_ and at least 24 bytes in base64",
    )
    .optional()
    .describe(
      "signs the mails that come to `/api/v1/webhooks/support-mail`, as standardwebhooks.com has it",
    ),
  SUPPORT_SMTP_PORT: z.coerce
    .number<string>()
    .int()
    .min(0)
    .max(65_535)
    .optional()
    .describe("port where such mails are taken by SMTP; unset: none is open"),
  SUPPORT_SMTP_HOST: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("address to listen on for them"),
};

type Mailbox = {
  SUPPORT_INBOUND_ADDRESS?: string | undefined;
  SUPPORT_INBOUND_SECRET?: string | undefined;
  SUPPORT_SMTP_PORT?: number | undefined;
};

/** What is wrong between them. */
export function mailboxProblems(given: Mailbox): string[] {
  const ways = ["SUPPORT_INBOUND_SECRET", "SUPPORT_SMTP_PORT"] as const;
  const set = ways.filter((name) => given[name] !== undefined);
  if (given.SUPPORT_INBOUND_ADDRESS)
    return set.length > 0
      ? []
      : [`SUPPORT_INBOUND_ADDRESS: is of no use without ${ways.join(" or ")}`];
  return set.map((name) => `${name}: needs SUPPORT_INBOUND_ADDRESS beside it`);
}
