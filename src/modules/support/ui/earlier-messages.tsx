"use client";

import { useState } from "react";
import { failureOf } from "@/client/failure";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import type { TicketMessage } from "../contract/messages";
import { MessageCard } from "./message-card";

export type EarlierMessagesProps = {
  ticketId: string;
  /** The oldest message that is shown already. */
  before: string;
  isOwn: boolean;
};

/** Reads the messages before those that are shown, fifty at a time. */
export function EarlierMessages({
  ticketId,
  before,
  isOwn,
}: EarlierMessagesProps) {
  const [messages, setMessages] = useState<TicketMessage[]>([]);
  const [cursor, setCursor] = useState<string | null>(before);
  const [isPending, setPending] = useState(false);
  async function load(from: string) {
    setPending(true);
    try {
      const { earlier } = await import("./ticket-acts");
      const found = await earlier(ticketId, from);
      setMessages([...found.items.reverse(), ...messages]);
      setCursor(found.next_cursor);
    } catch (error) {
      const { message: description } = failureOf(error);
      toast.error("Earlier messages could not be read", { description });
    }
    setPending(false);
  }
  return (
    <>
      {cursor === null ? null : (
        <li className="flex justify-center">
          <Button
            size="sm"
            isPending={isPending}
            onPress={() => void load(cursor)}
          >
            Show earlier messages
          </Button>
        </li>
      )}
      {messages.map((message) => (
        <MessageCard key={message.id} message={message} isOwn={isOwn} />
      ))}
    </>
  );
}
