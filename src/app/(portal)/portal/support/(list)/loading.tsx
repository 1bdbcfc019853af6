import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Support" />
      <TableSkeleton rows={4} columns={4} label="Loading tickets" />
    </>
  );
}
