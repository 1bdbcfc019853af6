import type { TicketMessage } from "../contract/messages";
import { EarlierMessages } from "./earlier-messages";
import { MessageCard } from "./message-card";

export type MessageListProps = {
  ticketId: string;
  messages: readonly TicketMessage[];
  /** There are older ones, which are read when they are wanted. */
  hasEarlier: boolean;
  /** In the portal, where everybody but us is the customer. */
  isOwn?: boolean;
};

/** What was said in a ticket, oldest first. */
export function MessageList({
  ticketId,
  messages,
  hasEarlier,
  isOwn = false,
}: MessageListProps) {
  const [first] = messages;
  return (
    <ol aria-label="Messages" className="flex min-w-0 flex-col gap-3">
      {hasEarlier && first ? (
        <EarlierMessages ticketId={ticketId} before={first.id} isOwn={isOwn} />
      ) : null}
      {messages.map((message) => (
        <MessageCard key={message.id} message={message} isOwn={isOwn} />
      ))}
    </ol>
  );
}
