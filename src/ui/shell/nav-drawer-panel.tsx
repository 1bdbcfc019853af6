"use client";

import { X } from "lucide-react";
import type { MouseEvent } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "../controls/icon-button";
import type { NavDrawerProps } from "./nav-drawer";

export type NavDrawerPanelProps = NavDrawerProps & {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The open drawer. */
export default function NavDrawerPanel({
  brand,
  children,
  isOpen,
  onOpenChange,
}: NavDrawerPanelProps) {
  // Also by the link of the page that one is on, which leads nowhere else.
  const closeAfterChoice = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("a")) onOpenChange(false);
  };
  return (
    <ModalOverlay
      isDismissable
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      className="fixed inset-0 z-50 bg-scrim motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0"
    >
      <Modal className="h-full w-72 max-w-[85vw] border-r bg-subtle motion-safe:transition-transform motion-safe:duration-100 entering:-translate-x-4 exiting:-translate-x-4">
        <Dialog
          aria-label="Navigation"
          className="flex h-full flex-col overflow-y-auto outline-none"
          onClick={closeAfterChoice}
        >
          <div className="flex h-12 shrink-0 items-center justify-between gap-2 px-2">
            {brand}
            <IconButton
              label="Close navigation"
              icon={<X />}
              placement="left"
              onPress={() => onOpenChange(false)}
            />
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
