import type { Ctx } from "@/platform/context";
import { invalid } from "@/shared/errors";
import type { LicenseCode } from "../contract";
import type {
  ActivationKind,
  ValidateInput,
  Validation,
} from "../contract/activations";
import { readDomain } from "../domain-name";
import { readKey } from "../license-key";
import { findState, type LicenseFound } from "../queries/validate";
import { details, placement, standing, statusNow } from "../verdict";
import { signStatement } from "./signing";

/**
 * Whether a license is valid where it is used, by its key; anybody may ask. With a nonce the answer
 * is signed. Throws VALIDATION_FAILED for a domain that is none; rejects when the database does not
 * answer within 2 s.
 */
export async function validateLicense(
  ctx: Ctx,
  input: ValidateInput,
): Promise<Validation> {
  const place = placeOf(input);
  const found = await findState({ key: readKey(input.key), place });
  const code = codeOf(found, place, ctx.now());
  const answer: Validation = {
    valid: code === "VALID",
    code,
    detail: details[code],
    license: found && { ...found.license, status: statusOf(found, ctx.now()) },
    activation: found?.activation ?? null,
    proof: null,
  };
  if (input.nonce === undefined) return answer;
  const proof = await signStatement(ctx, {
    valid: answer.valid,
    code,
    license_id: found?.license.id ?? null,
    machine: input.machine ?? null,
    domain: place?.kind === "domain" ? place.identifier : null,
    nonce: input.nonce,
    issued_at: ctx.now().toISOString(),
  });
  return { ...answer, proof };
}

/** A place as it is kept and compared. Throws VALIDATION_FAILED. */
export function readPlace(
  kind: ActivationKind,
  identifier: string,
  field: string,
): { kind: ActivationKind; identifier: string } {
  if (kind === "machine") {
    if (identifier.length <= 200) return { kind, identifier };
    throw invalid([{ field, message: "must have at most 200 characters" }]);
  }
  const domain = readDomain(identifier);
  if ("name" in domain) return { kind, identifier: domain.name };
  throw invalid([{ field, message: domain.problem }]);
}

function placeOf({ machine, domain }: ValidateInput) {
  if (machine !== undefined)
    return readPlace("machine", machine, "body.machine");
  return domain === undefined
    ? null
    : readPlace("domain", domain, "body.domain");
}

function codeOf(
  found: LicenseFound,
  place: { kind: ActivationKind } | null,
  now: Date,
): LicenseCode {
  if (!found) return "NOT_FOUND";
  const code = standing(found.license, now);
  if (code !== "VALID") return code;
  const isActive = found.activation !== null;
  return placement(found.license, place && { kind: place.kind, isActive });
}

function statusOf({ license }: NonNullable<LicenseFound>, now: Date) {
  return statusNow(license, now);
}
