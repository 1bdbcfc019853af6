"use client";

import { useState } from "react";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { RadioGroup } from "@/ui/forms/radio-group";
import { TextArea } from "@/ui/forms/text-area";
import type { Ticket } from "../contract";

const scores = [
  { id: "5", label: "Very good" },
  { id: "4", label: "Good" },
  { id: "3", label: "Fair" },
  { id: "2", label: "Poor" },
  { id: "1", label: "Very poor" },
];

/** Asks a customer how they were helped, once the ticket is over. */
export function RatingCard({ ticket }: { ticket: Ticket }) {
  const { satisfaction } = ticket;
  const [score, setScore] = useState(
    satisfaction ? String(satisfaction.score) : "",
  );
  const [comment, setComment] = useState(satisfaction?.comment ?? "");
  const { act, isPending } = useAct();
  const send = () =>
    void act(
      async () => {
        const { rate } = await import("./ticket-acts");
        await rate(ticket.id, Number(score), comment.trim() || null);
      },
      { done: "Thank you for your rating", failed: "It was not rated" },
    );
  return (
    <Card title="How did we help you?">
      <div className="flex flex-col gap-4">
        <RadioGroup
          label="Rating"
          options={scores}
          value={score}
          onChange={setScore}
        />
        <TextArea
          label="Comment"
          isOptional
          rows={2}
          maxLength={1_000}
          value={comment}
          onChange={setComment}
        />
        <div>
          <Button
            isPending={isPending}
            isDisabled={score === ""}
            onPress={send}
          >
            {satisfaction ? "Change rating" : "Send rating"}
          </Button>
        </div>
      </div>
    </Card>
  );
}
