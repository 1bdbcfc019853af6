"use client";

import { Menu as MenuIcon, X } from "lucide-react";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components/Modal";
import { IconButton } from "../controls/icon-button";

export type NavDrawerProps = { brand: ReactNode; children: ReactNode };

/** The navigation on a phone: behind a button, from the left, gone after a choice. */
export function NavDrawer({ brand, children }: NavDrawerProps) {
  const pathname = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  return (
    <>
      <IconButton
        label="Open navigation"
        icon={<MenuIcon />}
        placement="bottom"
        onPress={() => setOpenedOn(pathname)}
      />
      <ModalOverlay
        isDismissable
        isOpen={openedOn === pathname}
        onOpenChange={(isOpen) => setOpenedOn(isOpen ? pathname : null)}
        className="fixed inset-0 z-50 bg-scrim motion-safe:transition-opacity motion-safe:duration-100 entering:opacity-0 exiting:opacity-0"
      >
        <Modal className="h-full w-72 max-w-[85vw] border-r bg-subtle motion-safe:transition-transform motion-safe:duration-100 entering:-translate-x-4 exiting:-translate-x-4">
          <Dialog
            aria-label="Navigation"
            className="flex h-full flex-col overflow-y-auto outline-none"
          >
            <div className="flex h-12 shrink-0 items-center justify-between gap-2 px-2">
              {brand}
              <IconButton
                label="Close navigation"
                icon={<X />}
                placement="left"
                onPress={() => setOpenedOn(null)}
              />
            </div>
            {children}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
