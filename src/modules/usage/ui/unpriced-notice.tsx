import { LinkButton } from "@/ui/controls/link-button";
import { Callout } from "@/ui/display/callout";
import { countText } from "@/ui/format/number";

/** Calls of providers without a price: their cost is not in any sum. */
export function UnpricedNotice({
  count,
  href,
}: {
  count: number;
  /** The events. */
  href: string;
}) {
  const calls = count === 1 ? "call has" : "calls have";
  return (
    <Callout
      tone="warning"
      title={`${countText(count)} ${calls} no price`}
      action={
        <LinkButton href={href} size="sm" prefetch={false}>
          See them
        </LinkButton>
      }
    >
      The price book has none for their provider and model, so the cost leaves
      them out.
    </Callout>
  );
}
