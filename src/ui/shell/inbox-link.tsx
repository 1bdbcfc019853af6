import { Bell } from "lucide-react";
import { EagerLink } from "../controls/eager-link";

export type InboxLinkProps = {
  href: string;
  /** How many are unread; above 99 it says 99+. */
  unread: number;
};

/** The bell of the top bar, with how many notifications are unread. */
export function InboxLink({ href, unread }: InboxLinkProps) {
  const count = unread > 99 ? "99+" : String(unread);
  return (
    <EagerLink
      href={href}
      aria-label={
        unread > 0 ? `Notifications, ${count} unread` : "Notifications"
      }
      className="relative flex h-8 w-8 items-center justify-center rounded-md text-ink-muted hover:bg-muted hover:text-ink pointer-coarse:h-11 pointer-coarse:w-11"
    >
      <Bell aria-hidden className="icon" />
      {unread > 0 ? (
        <span
          aria-hidden
          className="absolute -top-0.5 -right-0.5 flex h-4 min-w-4 items-center justify-center rounded-full bg-accent px-1 text-xs font-semibold text-accent-ink"
        >
          {count}
        </span>
      ) : null}
    </EagerLink>
  );
}
