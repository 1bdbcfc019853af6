/** A value of a form body: `a[b][0]=c` is an object with a list in it. */
export type Field = string | Field[] | { [name: string]: Field };
export type Fields = Record<string, Field>;

/** Read a form body, or a query, as Stripe does. */
export function parseForm(text: string): Fields {
  const fields: Fields = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter(Boolean);
    put(fields, path, value);
  }
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, listed(field)]),
  );
}

function put(into: Fields, [first = "", ...rest]: string[], value: string) {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const known = into[first];
  const next: Fields =
    typeof known === "object" && !Array.isArray(known) ? known : {};
  into[first] = next;
  put(next, rest, value);
}

// An object whose names are 0, 1, … is a list.
function listed(field: Field): Field {
  if (typeof field === "string" || Array.isArray(field)) return field;
  const entries = Object.entries(field).map(
    ([name, one]) => [name, listed(one)] as const,
  );
  const isList =
    entries.length > 0 && entries.every(([name], at) => name === String(at));
  return isList ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

export const textOf = (field: Field | undefined): string | null =>
  typeof field === "string" && field !== "" ? field : null;

export const fieldsOf = (field: Field | undefined): Fields =>
  typeof field === "object" && !Array.isArray(field) ? field : {};

/** Metadata: names and texts. */
export function metadataOf(field: Field | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldsOf(field)).map(([name, value]) => [
      name,
      String(textOf(value) ?? ""),
    ]),
  );
}
