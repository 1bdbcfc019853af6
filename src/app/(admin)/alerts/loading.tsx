import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Alerts" />
      <TableSkeleton columns={3} label="Loading alerts" />
    </>
  );
}
