"use client";

import { LogOut } from "lucide-react";
import { Press } from "../controls/press";
import { Menu, type MenuEntry } from "../overlays/menu";

export type Account = {
  name: string;
  email?: string;
  /** "Admin". */
  role?: string;
};

export type AccountMenuProps = {
  account: Account;
  /** "Profile", "Security"; over Sign out. */
  items?: readonly MenuEntry[];
  onSignOut: () => void;
};

/** Who is signed in, as what, and the way out. */
export function AccountMenu({
  account,
  items = [],
  onSignOut,
}: AccountMenuProps) {
  return (
    <Menu
      label="Account"
      trigger={
        <Press
          aria-label={`Account: ${account.name}`}
          className="flex h-8 w-8 cursor-pointer items-center justify-center rounded-full border bg-muted text-xs font-semibold text-ink-muted select-none hover:border-line-strong hover:text-ink pointer-coarse:h-11 pointer-coarse:w-11"
        >
          {initials(account.name)}
        </Press>
      }
      header={
        <div className="max-w-60 min-w-40 text-sm">
          <p className="truncate font-medium">{account.name}</p>
          <p className="truncate text-xs text-ink-faint">
            {[account.role, account.email].filter(Boolean).join(" · ")}
          </p>
        </div>
      }
      items={[
        ...(items.length > 0 ? [{ id: "Account", items: [...items] }] : []),
        {
          id: "Session",
          items: [
            {
              id: "sign-out",
              label: "Sign out",
              icon: <LogOut />,
              onAction: onSignOut,
            },
          ],
        },
      ]}
    />
  );
}

function initials(name: string) {
  const words = name.split(/\s+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ""];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}
