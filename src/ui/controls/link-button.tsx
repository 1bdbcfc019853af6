import NextLink from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { buttonStyle, type ButtonStyle } from "./button-style";

export type LinkButtonProps = ComponentProps<typeof NextLink> & {
  icon?: ReactNode;
  variant?: ButtonStyle["variant"];
  size?: ButtonStyle["size"];
};

/** A link that looks like a button: for what goes somewhere rather than does something. */
export function LinkButton({
  icon,
  variant,
  size,
  className,
  children,
  ...props
}: LinkButtonProps) {
  return (
    <NextLink {...props} className={buttonStyle({ variant, size, className })}>
      {icon ? (
        <span aria-hidden className="inline-flex [&>svg]:h-4 [&>svg]:w-4">
          {icon}
        </span>
      ) : null}
      {children}
    </NextLink>
  );
}
