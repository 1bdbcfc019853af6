import { DescriptionList } from "@/ui/display/description-list";
import type { Feature } from "../contract/features";
import { featureText } from "./feature-values";
import { SourceBadge } from "./source-badge";

/** Features by name, with what each says and whose it is. */
export function FeaturesList({ features }: { features: readonly Feature[] }) {
  if (features.length === 0)
    return (
      <p className="text-sm text-ink-muted">
        No features. A check that names one is refused.
      </p>
    );
  return (
    <DescriptionList
      items={features.map((feature) => ({
        label: feature.feature,
        value: (
          <span className="flex flex-wrap items-center gap-2">
            <span className="break-words">{valueWords(feature)}</span>
            <SourceBadge source={feature.source} />
          </span>
        ),
      }))}
    />
  );
}

function valueWords({ kind, value, meter }: Feature): string {
  if (kind === "metered") return `While the quota of ${meter} lasts`;
  if (kind === "boolean") return value === true ? "Yes" : "No";
  return featureText(value);
}
