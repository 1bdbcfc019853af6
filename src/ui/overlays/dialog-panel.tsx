"use client";

import { X } from "lucide-react";
import { useState, type ReactNode } from "react";
import {
  Dialog as AriaDialog,
  Heading,
  Modal,
  ModalOverlay,
} from "react-aria-components/Modal";
import { Button } from "../controls/button";
import { IconButton } from "../controls/icon-button";
import type { DialogProps } from "./dialog";

const scrim =
  "fixed inset-0 z-50 flex items-stretch justify-center bg-scrim sm:items-start sm:p-6 sm:pt-[10vh] motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0";

const sizes = {
  sm: "sm:max-w-md",
  md: "sm:max-w-xl",
  lg: "sm:max-w-3xl",
} as const;

const panel =
  "flex w-full max-h-dvh min-w-0 flex-col bg-overlay text-ink outline-none sm:h-auto sm:max-h-[80vh] sm:rounded-xl sm:shadow-overlay";

/** The open dialog. */
export default function DialogPanel({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = "md",
  isDirty = false,
  role = "dialog",
}: DialogProps) {
  const [asking, setAsking] = useState(false);
  function change(open: boolean) {
    if (!open && isDirty) setAsking(true);
    else onOpenChange(open);
  }
  function discard() {
    setAsking(false);
    onOpenChange(false);
  }
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={change}
      isDismissable={role === "dialog"}
      className={scrim}
    >
      <Modal className={`flex w-full ${sizes[size]}`}>
        <AriaDialog role={role} className={panel}>
          <Head
            title={title}
            description={description}
            onClose={() => change(false)}
          />
          <div className="min-h-0 flex-1 overflow-y-auto px-4 py-4 sm:px-6">
            {children}
          </div>
          {footer ? <Foot>{footer}</Foot> : null}
          <DiscardQuestion
            isOpen={asking}
            onKeep={() => setAsking(false)}
            onDiscard={discard}
          />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

type HeadProps = { title: string; description: ReactNode; onClose: () => void };

function Head({ title, description, onClose }: HeadProps) {
  return (
    <header className="flex items-start gap-4 border-b px-4 py-3 sm:px-6 sm:py-4">
      <div className="min-w-0 flex-1">
        <Heading slot="title" className="text-lg font-semibold">
          {title}
        </Heading>
        {description ? (
          <p className="mt-0.5 text-sm text-ink-muted">{description}</p>
        ) : null}
      </div>
      <IconButton
        label="Close"
        icon={<X />}
        size="sm"
        placement="left"
        className="-mr-2"
        onPress={onClose}
      />
    </header>
  );
}

function Foot({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-3 sm:px-6">
      {children}
    </footer>
  );
}

type QuestionProps = {
  isOpen: boolean;
  onKeep: () => void;
  onDiscard: () => void;
};

function DiscardQuestion({ isOpen, onKeep, onDiscard }: QuestionProps) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={onKeep}
      className={`${scrim} bg-transparent! p-4`}
    >
      <Modal className="m-auto w-full max-w-sm sm:mt-[10vh]">
        <AriaDialog
          role="alertdialog"
          className="rounded-xl bg-overlay p-4 text-ink shadow-overlay outline-none"
        >
          <Heading slot="title" className="text-lg font-semibold">
            Discard changes?
          </Heading>
          <p className="mt-1 text-sm text-ink-muted">
            What you typed here has not been saved.
          </p>
          <div className="mt-4 flex justify-end gap-2">
            <Button variant="danger" onPress={onDiscard}>
              Discard
            </Button>
            <Button variant="primary" autoFocus onPress={onKeep}>
              Keep editing
            </Button>
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
