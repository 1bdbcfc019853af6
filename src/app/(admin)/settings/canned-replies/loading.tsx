import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Canned replies" />
      <TableSkeleton rows={4} columns={3} label="Loading canned replies" />
    </>
  );
}
