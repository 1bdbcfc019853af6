import type { Feature } from "../contract/features";

/** What is typed for a feature. */
export type FeatureRow = {
  feature: string;
  kind: Feature["kind"];
  isOn: boolean;
  text: string;
  meter: string;
};
export type FeatureValues = { rows: FeatureRow[] };

export const featureLabels: Readonly<Record<string, string>> = {
  "rows.*.feature": "The feature’s name",
  "rows.*.text": "The value",
  "rows.*.meter": "The meter",
};

/** The form's values for these features. */
export function toFeatureValues(features: readonly Feature[]): FeatureValues {
  return {
    rows: features.map(({ feature, kind, value, meter }) => ({
      feature,
      kind,
      isOn: value !== false,
      text: kind === "static" ? featureText(value) : "",
      meter: meter ?? "",
    })),
  };
}

/** The API's features for what was typed: a number or a list where it is one. */
export function toFeaturesBody({ rows }: FeatureValues) {
  return {
    features: rows.map(({ feature, kind, isOn, text, meter }) => {
      if (kind === "boolean") return { feature, kind, value: isOn };
      if (kind === "metered") return { feature, kind, meter };
      return { feature, kind, value: toValue(text) };
    }),
  };
}

/** The field in which a path of the API was typed. */
export function toFeatureField(path: string): string {
  return path.replace(/^features/, "rows").replace(/value(\.\d+)?$/, "text");
}

/** A value as people read and type it: a list with commas. */
export function featureText(value: unknown): string {
  if (Array.isArray(value)) return value.map(featureText).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}

function toValue(text: string) {
  const one = (part: string) =>
    /^-?\d{1,15}(\.\d+)?$/.test(part) ? Number(part) : part;
  const parts = text.split(",").map((part) => part.trim());
  return parts.length > 1 ? parts.map(one) : one(text.trim());
}
