import type { Metadata } from "next";
import { getPayView } from "@/modules/invoices";
import type { PayView } from "@/modules/invoices/contract";
import { publicCtx } from "@/platform/request-context";
import { DomainError } from "@/shared/errors";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { AuthPage, LinkIsGone } from "../../auth-page";

export const metadata: Metadata = {
  title: "Invoice",
  referrer: "no-referrer",
  robots: { index: false },
};

type Given = { params: Promise<{ token: string }> };

/** What a pay link is for; whoever holds it needs no sign-in. */
export default async function PayPage({ params }: Given) {
  const view = await viewOf((await params).token);
  if (!view)
    return (
      <LinkIsGone href="/sign-in" action="Go to sign in">
        Open the whole link of the mail, or sign in to see your invoices.
      </LinkIsGone>
    );
  return (
    <AuthPage
      title={`Invoice ${view.number}`}
      description={`From ${view.seller?.name ?? "us"} to ${view.buyer_name}`}
    >
      <DescriptionList
        items={[
          { label: "Status", value: <StatusBadge status={view.status} /> },
          ...view.lines.slice(0, 20).map((line) => ({
            label: line.description,
            value: <Money value={line.amount} />,
          })),
          { label: "Tax", value: <Money value={view.tax} /> },
          { label: "Total", value: <Money value={view.total} /> },
          { label: "Due", value: <Money value={view.due} /> },
          {
            label: "Due by",
            value: <Time value={view.due_at} format="date" />,
          },
        ]}
      />
    </AuthPage>
  );
}

async function viewOf(token: string): Promise<PayView | null> {
  try {
    return await getPayView(publicCtx(null), token);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
