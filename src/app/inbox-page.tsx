import { shown } from "@/http/shown";
import { listNotifications, listPreferences } from "@/modules/notifications";
import { InboxList } from "@/modules/notifications/ui/inbox-list";
import { PreferenceMatrix } from "@/modules/notifications/ui/preference-matrix";
import type { Ctx } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";

export type InboxPageProps = {
  ctx: Ctx;
  /** Where the inbox is: "/notifications", "/portal/notifications". */
  path: string;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** One's own notifications, at the dashboard and in the portal alike. */
export async function InboxPage({ ctx, path, searchParams }: InboxPageProps) {
  const unreadOnly = (await searchParams)["unread"] === "true";
  const query = { limit: 30, unread: unreadOnly };
  const first = await shown(ctx, listNotifications(ctx, query));
  const isViewed = ctx.actor.kind === "customer" && !!ctx.actor.viewer;
  return (
    <>
      <PageHeader title="Notifications" />
      <InboxList
        first={first}
        path={path}
        unreadOnly={unreadOnly}
        isViewed={isViewed}
      />
    </>
  );
}

/** Where one is told of what. */
export async function PreferencesPage({
  ctx,
  path,
}: Omit<InboxPageProps, "searchParams">) {
  const { items } = await shown(ctx, listPreferences(ctx));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Notifications", href: path }]}
        title="Notification preferences"
        description="Where you want to be told of what. Each choice is saved as you make it."
      />
      <PreferenceMatrix preferences={items} />
    </>
  );
}
