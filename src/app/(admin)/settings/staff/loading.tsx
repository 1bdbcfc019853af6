import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Staff" />
      <TableSkeleton rows={4} columns={6} label="Loading staff" />
      <TableSkeleton rows={8} columns={6} label="Loading roles" />
    </>
  );
}
