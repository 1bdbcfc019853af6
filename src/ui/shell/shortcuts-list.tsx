"use client";

import { Kbd } from "../controls/kbd";
import { Dialog } from "../overlays/dialog";

export type ShortcutsListProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The keys, by group. */
export default function ShortcutsList(state: ShortcutsListProps) {
  return (
    <Dialog {...state} title="Keyboard shortcuts" size="sm">
      <div className="flex flex-col gap-4">
        {commonShortcuts.map(({ label, shortcuts }) => (
          <section key={label}>
            <h3 className="text-xs font-medium text-ink-faint">{label}</h3>
            <dl className="mt-1 divide-y">
              {shortcuts.map((shortcut) => (
                <div
                  key={shortcut.label}
                  className="flex h-10 items-center justify-between gap-4"
                >
                  <dt className="text-sm">{shortcut.label}</dt>
                  <dd className="flex gap-1">
                    {shortcut.keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

// They work on every page of the shell.
const commonShortcuts = [
  {
    label: "Everywhere",
    shortcuts: [
      { keys: ["Ctrl", "K"], label: "Search or jump to" },
      { keys: ["/"], label: "Search this list" },
      { keys: ["?"], label: "Show these keys" },
      { keys: ["Esc"], label: "Close what is open" },
    ],
  },
  {
    label: "Lists",
    shortcuts: [
      { keys: ["↑", "↓"], label: "Previous or next row" },
      { keys: ["Enter"], label: "Open the row" },
    ],
  },
  {
    label: "Forms",
    shortcuts: [{ keys: ["Ctrl", "Enter"], label: "Save" }],
  },
];
