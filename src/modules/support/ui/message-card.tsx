import { FileDown, Lock, Mail } from "lucide-react";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import type { TicketAttachment, TicketMessage } from "../contract/messages";
import { Markdown } from "./markdown";
import { sizeText } from "./ticket-words";

export type MessageCardProps = {
  message: TicketMessage;
  /** In the portal, where everybody but us is the customer. */
  isOwn: boolean;
};

/** One message of a ticket, with its files. */
export function MessageCard({ message, isOwn }: MessageCardProps) {
  const { author, is_internal, body, attachments, created_at } = message;
  const isOurs = author.kind !== "customer";
  const look = is_internal
    ? "border-warning-line bg-warning-tint"
    : isOurs
      ? "bg-subtle"
      : "bg-canvas";
  return (
    <li className={`min-w-0 rounded-lg border ${look}`}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b border-inherit px-4 py-2">
        <span className="min-w-0 truncate text-sm font-medium">
          {author.name}
        </span>
        {isOurs || isOwn ? null : <Badge>Customer</Badge>}
        {is_internal ? (
          <Badge tone="warning" icon={<Lock aria-hidden />}>
            Internal note
          </Badge>
        ) : null}
        {message.source === "mail" ? (
          <Badge icon={<Mail aria-hidden />}>By mail</Badge>
        ) : null}
        <span className="ml-auto text-xs text-ink-muted">
          <Time value={created_at} />
        </span>
      </div>
      <div className="flex min-w-0 flex-col gap-3 px-4 py-3">
        <Markdown text={body} />
        {attachments.length > 0 ? <Files files={attachments} /> : null}
      </div>
    </li>
  );
}

function Files({ files }: { files: readonly TicketAttachment[] }) {
  return (
    <ul aria-label="Files" className="flex flex-wrap gap-2">
      {files.map(({ id, name, size_bytes }) => (
        <li key={id} className="min-w-0">
          <a
            href={`/api/v1/attachments/${id}`}
            download
            className="inline-flex min-h-8 max-w-full items-center gap-2 rounded-md border bg-canvas px-2 text-sm hover:border-line-strong"
          >
            <FileDown aria-hidden className="icon text-ink-faint" />
            <span className="truncate">{name}</span>
            <span className="text-xs whitespace-nowrap text-ink-muted">
              {sizeText(size_bytes)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
