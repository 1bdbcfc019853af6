"use client";

import dynamic from "next/dynamic";
import { cloneElement, type ReactElement, type ReactNode } from "react";
import type { HintPlacement } from "./hint-bubble";
import type { PressProps } from "./press";
import { joinHandlers, useHint } from "./use-hint";
import { useJoinedRef } from "./use-joined-ref";

const HintBubble = dynamic(() => import("./hint-bubble"), { ssr: false });

export type TooltipProps = {
  content: ReactNode;
  /** One of our buttons. */
  children: ReactElement<PressProps>;
  placement?: HintPlacement;
  /** In ms, under a mouse. */
  delay?: number;
};

/** A short hint for a control, on hover and on keyboard focus. Never the only place of a fact. */
export function Tooltip({
  content,
  children,
  placement = "top",
  delay = 400,
}: TooltipProps) {
  const { anchor, isOpen, isWanted, change, handlers } = useHint(delay);
  const ref = useJoinedRef(anchor, children.props.ref);
  return (
    <>
      {cloneElement(children, {
        ...joinHandlers(handlers, children.props),
        ref,
      })}
      {isWanted ? (
        <HintBubble
          anchor={anchor}
          isOpen={isOpen}
          onOpenChange={(next) => change(next, next ? 0 : 80)}
          placement={placement}
        >
          {content}
        </HintBubble>
      ) : null}
    </>
  );
}
