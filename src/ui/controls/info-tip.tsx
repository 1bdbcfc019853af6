"use client";

import { Info } from "lucide-react";
import dynamic from "next/dynamic";
import { useId } from "react";
import { Press } from "./press";
import { useHint } from "./use-hint";

const HintBubble = dynamic(() => import("./hint-bubble"), { ssr: false });

export type InfoTipProps = {
  /** What is explained: "Revenue". */
  about: string;
  /** The definition. */
  children: string;
};

/** A definition behind an "i": on hover, on focus, and on a press, for fingers. */
export function InfoTip({ about, children }: InfoTipProps) {
  const { anchor, isOpen, isWanted, change, handlers } = useHint(200);
  const id = useId();
  return (
    <>
      <Press
        {...handlers}
        ref={anchor}
        aria-label={`About ${about}`}
        aria-describedby={id}
        onPress={() => change(true, 0)}
        className="flex h-6 w-6 shrink-0 cursor-help items-center justify-center rounded-sm text-ink-faint hover:text-ink"
      >
        <Info aria-hidden className="h-3.5 w-3.5" />
      </Press>
      <span id={id} hidden>
        {children}
      </span>
      {isWanted ? (
        <HintBubble
          anchor={anchor}
          isOpen={isOpen}
          onOpenChange={(next) => change(next, next ? 0 : 80)}
          placement="top"
        >
          {children}
        </HintBubble>
      ) : null}
    </>
  );
}
