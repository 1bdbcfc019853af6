"use client";

import NextLink from "next/link";
import { useState, type ComponentProps } from "react";

export type EagerLinkProps = Omit<ComponentProps<typeof NextLink>, "prefetch">;

/**
 * A link that fetches its page once the pointer, a finger or the focus is on it. For places
 * with many links (navigation, tabs, tables): fetching them all would keep the server busy.
 */
export function EagerLink(props: EagerLinkProps) {
  const [isNear, setNear] = useState(false);
  const prepare = () => setNear(true);
  return (
    <NextLink
      {...props}
      prefetch={isNear ? null : false}
      onPointerEnter={prepare}
      onFocus={prepare}
    />
  );
}
