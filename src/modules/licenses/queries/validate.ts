import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { fromUuid } from "@/shared/ids";
import type { License } from "../contract";
import type { Activation, ActivationKind } from "../contract/activations";

/** One question: a key in its one form, null for what cannot be one, and where it is used. */
export type LicenseQuestion = {
  key: string | null;
  place: { kind: ActivationKind; identifier: string } | null;
};

export type LicenseRow = Pick<
  License,
  | "id"
  | "customer_id"
  | "name"
  | "status"
  | "quotas"
  | "expires_at"
  | "max_machines"
  | "max_domains"
  | "machines"
  | "domains"
> & { key: string; customer_status: string; customer_name: string };

export type LicenseFound = {
  license: LicenseRow;
  activation: Activation | null;
} | null;

/** What is known of a license. Questions that come at once are answered by one statement. */
export function findState(question: LicenseQuestion): Promise<LicenseFound> {
  return singleton("license-validate", () => gather(ask))(question);
}

// Rows of the two tables, as to_jsonb() writes them: times with a zone, and numbers.
type Row = {
  ordinal: string;
  license: LicenseRow | null;
  machines: string;
  domains: string;
  activation: Activation | null;
};

async function ask(questions: LicenseQuestion[]): Promise<LicenseFound[]> {
  const rows = await sql<Row>(
    "license_validate",
    "SELECT * FROM license_validate($1::text[], $2::text[], $3::text[])",
    [
      questions.map(({ key }) => key),
      questions.map(({ place }) => place && place.kind),
      questions.map(({ place }) => place && place.identifier),
    ],
  );
  const answers: LicenseFound[] = [];
  for (const row of rows) answers[Number(row.ordinal) - 1] = toFound(row);
  return answers;
}

function toFound({ license, activation, ...use }: Row): LicenseFound {
  if (!license) return null;
  return {
    license: {
      ...license,
      id: fromUuid("lic", license.id),
      customer_id: fromUuid("cus", license.customer_id),
      expires_at: utc(license.expires_at),
      machines: Number(use.machines),
      domains: Number(use.domains),
    },
    activation: activation && {
      ...activation,
      id: fromUuid("act", activation.id),
      license_id: fromUuid("lic", activation.license_id),
      last_heartbeat_at: new Date(activation.last_heartbeat_at).toISOString(),
      expires_at: utc(activation.expires_at),
      created_at: new Date(activation.created_at).toISOString(),
    },
  };
}

function utc(at: string | null): string | null {
  return at && new Date(at).toISOString();
}
