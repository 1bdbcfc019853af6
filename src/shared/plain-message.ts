import type * as z from "zod";

/**
 * What zod says of a value, as the end of a sentence that starts with the field's label:
 * "is required". Messages that a schema gives itself come before these.
 */
export function plainMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return isAbsent(issue.input)
        ? "is required"
        : `must be ${kinds[issue.expected] ?? "filled in differently"}`;
    case "too_small":
      if (issue.origin !== "string") return `must be at least ${issue.minimum}`;
      return Number(issue.minimum) <= 1
        ? "is required"
        : `must have at least ${issue.minimum} characters`;
    case "too_big":
      return issue.origin === "string"
        ? `must have at most ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    case "invalid_value":
      return "must be one of the choices";
    case "invalid_key":
      return "has a name that cannot be used";
    default:
      return undefined;
  }
}

const kinds: Record<string, string> = {
  int: "a whole number",
  number: "a number",
};

function isAbsent(input: unknown): boolean {
  return input === undefined || input === null || Number.isNaN(input);
}
