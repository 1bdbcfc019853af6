import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Subscriptions" />
      <TableSkeleton columns={8} label="Loading subscriptions" />
    </>
  );
}
