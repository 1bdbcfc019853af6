import NextLink from "next/link";
import { BrandMark } from "./brand-mark";

export type BrandProps = {
  /** The seller's name, or "Tollkeeper". */
  name: string;
  href: string;
  /** The seller's logo, square; without one Tollkeeper's mark is shown. */
  logoUrl?: string;
};

/** Who this app is of, and the way home. */
export function Brand({ name, href, logoUrl }: BrandProps) {
  return (
    <NextLink
      href={href}
      className="flex min-h-8 min-w-0 items-center gap-2 rounded-md px-1 text-sm font-semibold text-ink"
    >
      {logoUrl ? (
        // A seller's logo may have any address and size; image optimization is off anyway.
        // eslint-disable-next-line @next/next/no-img-element
        <img
          src={logoUrl}
          alt=""
          className="h-5 w-5 shrink-0 rounded-sm object-contain"
        />
      ) : (
        <BrandMark className="h-5 w-5 shrink-0 text-accent-text" />
      )}
      <span className="truncate">{name}</span>
    </NextLink>
  );
}
