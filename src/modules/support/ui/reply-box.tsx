"use client";

import { useState } from "react";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { Form } from "@/ui/forms/form";
import { Select } from "@/ui/forms/select";
import { Switch } from "@/ui/forms/switch";
import { TextArea } from "@/ui/forms/text-area";
import type { Ticket } from "../contract";
import type { CannedReply } from "../contract/canned-replies";
import type { TicketMessageInput } from "../contract/messages";
import { FileChooser } from "./file-chooser";

export type ReplyBoxProps = {
  ticket: Pick<Ticket, "id" | "number" | "status">;
  /** What staff can write of: filled-in replies, and notes that stay among them. */
  staff?: { replies: readonly CannedReply[] };
};

/** Writes a message into a ticket, with files. */
export function ReplyBox({ ticket, staff }: ReplyBoxProps) {
  const draft = useDraft(ticket, staff !== undefined);
  const { body, setBody, isInternal, setInternal, isPending, send } = draft;
  const isClosed = ticket.status === "closed";
  return (
    <Card title={isInternal ? "Internal note" : "Reply"}>
      <Form onSubmit={() => void send()} aria-label="Reply">
        {staff ? (
          <div className="flex flex-wrap items-end justify-between gap-3">
            <Switch
              label="Internal note"
              isSelected={isInternal}
              onChange={setInternal}
            />
            {staff.replies.length > 0 ? (
              <CannedChoice
                replies={staff.replies}
                onChoose={(text) =>
                  setBody(body.trim() === "" ? text : `${body}\n\n${text}`)
                }
              />
            ) : null}
          </div>
        ) : null}
        <TextArea
          label={isInternal ? "Note" : "Message"}
          hideLabel
          rows={6}
          maxLength={20_000}
          value={body}
          onChange={setBody}
          placeholder={
            isInternal ? "Only our team sees this" : "Write your answer"
          }
          description={hintOf(isInternal, isClosed)}
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <FileChooser files={draft.files} onChange={draft.setFiles} />
          <div className="flex flex-wrap gap-2">
            {staff && !isInternal && ticket.status !== "resolved" ? (
              <Button
                isDisabled={isPending || body.trim() === ""}
                onPress={() => void send("resolved")}
              >
                Send and resolve
              </Button>
            ) : null}
            <Button
              type="submit"
              variant="primary"
              isPending={isPending}
              isDisabled={body.trim() === ""}
            >
              {isInternal ? "Add note" : "Send"}
            </Button>
          </div>
        </div>
      </Form>
    </Card>
  );
}

function hintOf(isInternal: boolean, isClosed: boolean): string {
  if (isInternal) return "The customer never sees notes. Markdown is shown.";
  return isClosed
    ? "Sending opens the ticket again. Markdown is shown."
    : "Markdown is shown: **bold**, *italic*, lists, code and links.";
}

function useDraft({ id }: Pick<Ticket, "id">, isOurs: boolean) {
  const [body, setBody] = useState("");
  const [files, setFiles] = useState<File[]>([]);
  const [isInternal, setInternal] = useState(false);
  const { act, isPending } = useAct();
  async function send(status?: TicketMessageInput["status"]) {
    if (body.trim() === "") return;
    const isSent = await act(
      async () => {
        const { reply } = await import("./ticket-acts");
        const message = {
          body,
          ...(isOurs && { is_internal: isInternal }),
          ...(status && { status }),
        };
        await reply(id, message, files);
      },
      {
        done: isInternal ? "The note is added" : "Your message is sent",
        failed: isInternal ? "The note was not added" : "Nothing was sent",
      },
    );
    if (!isSent) return;
    setBody("");
    setFiles([]);
    setInternal(false);
  }
  return {
    ...{ body, setBody, files, setFiles, isInternal, setInternal },
    ...{ isPending, send },
  };
}

type CannedChoiceProps = {
  replies: readonly CannedReply[];
  onChoose: (text: string) => void;
};

function CannedChoice({ replies, onChoose }: CannedChoiceProps) {
  return (
    <Select
      label="Canned reply"
      hideLabel
      placeholder="Canned reply…"
      className="w-56"
      value={null}
      options={replies.map(({ id, name }) => ({ id, label: name }))}
      onChange={(chosen) => {
        const reply = replies.find(({ id }) => id === chosen);
        if (reply) onChoose(reply.text ?? reply.body);
      }}
    />
  );
}
