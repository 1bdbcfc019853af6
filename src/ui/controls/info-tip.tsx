"use client";

import { Info } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { Tooltip, TooltipTrigger } from "react-aria-components/Tooltip";
import { tooltipBubble } from "./tooltip";

export type InfoTipProps = {
  /** What is explained: "Revenue". */
  about: string;
  /** The definition. */
  children: string;
};

/** A definition behind an "i": on hover, on focus, and on a press, for fingers. */
export function InfoTip({ about, children }: InfoTipProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <TooltipTrigger
      delay={200}
      closeDelay={0}
      isOpen={isOpen}
      onOpenChange={setOpen}
      shouldCloseOnPress={false}
    >
      <Button
        aria-label={`About ${about}`}
        onPress={() => setOpen(true)}
        className="flex h-6 w-6 shrink-0 cursor-help items-center justify-center rounded-sm text-ink-faint hover:text-ink"
      >
        <Info aria-hidden className="h-3.5 w-3.5" />
      </Button>
      <Tooltip offset={4} className={tooltipBubble}>
        {children}
      </Tooltip>
    </TooltipTrigger>
  );
}
