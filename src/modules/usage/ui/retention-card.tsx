"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { QueryProvider } from "@/client/query";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";

const RetentionDialog = dynamic(() => import("./retention-dialog"), {
  ssr: false,
});

/** Runs retention now, after showing what would go. */
export function RetentionCard() {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Clean up now"
      description="Retention runs by itself each night. Here it runs at once, after you have seen what would go."
      className="max-w-3xl"
    >
      <Button onPress={() => setOpen(true)}>Run now…</Button>
      {isOpen ? (
        <QueryProvider>
          <RetentionDialog onClose={() => setOpen(false)} />
        </QueryProvider>
      ) : null}
    </Card>
  );
}
