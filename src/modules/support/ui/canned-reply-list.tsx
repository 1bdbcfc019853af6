"use client";

import { MessageSquareText, Pencil, Plus, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { CannedReply } from "../contract/canned-replies";

const CannedReplyDialogs = dynamic(() => import("./canned-reply-dialogs"), {
  ssr: false,
});

const columns: Column<CannedReply>[] = [
  {
    id: "name",
    header: "Name",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: "body",
    header: "Reply",
    cell: ({ body }) => (
      <span className="line-clamp-1 max-w-xl text-ink-muted">{body}</span>
    ),
  },
  {
    id: "updated",
    header: "Changed",
    cell: ({ updated_at }) => <Time value={updated_at} format="date" />,
  },
];

export type CannedReplyListProps = {
  replies: CannedReply[];
  mayWrite: boolean;
};

/** Canned replies; `?show=new-reply`, `?show=edit-reply|remove-reply&id=cnd_…`. */
export function CannedReplyList({ replies, mayWrite }: CannedReplyListProps) {
  const { show, id, open } = useDialogUrl();
  const actionsOf = ({ id }: CannedReply) => [
    {
      id: "edit",
      label: "Edit…",
      icon: <Pencil />,
      onAction: () => void open("edit-reply", { id }),
    },
    {
      id: "remove",
      label: "Delete…",
      icon: <Trash2 />,
      tone: "danger" as const,
      onAction: () => void open("remove-reply", { id }),
    },
  ];
  return (
    <>
      <DataTable
        label="Canned replies"
        columns={columns}
        rows={replies}
        rowId={(reply) => reply.id}
        rowLabel={({ name }) => name}
        {...(mayWrite && { rowActions: actionsOf })}
        empty={
          <EmptyState
            icon={<MessageSquareText />}
            title="No canned replies yet"
            description="Write an answer once, with variables for the customer’s name and the ticket’s number, and choose it in any ticket."
            action={mayWrite ? <NewCannedReply /> : null}
          />
        }
      />
      {show && mayWrite ? (
        <CannedReplyDialogs
          reply={replies.find((one) => one.id === id) ?? null}
        />
      ) : null}
    </>
  );
}

/** Opens the dialog for a new reply. */
export function NewCannedReply() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("new-reply")}
    >
      New reply
    </Button>
  );
}
