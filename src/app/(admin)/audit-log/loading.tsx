import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Audit log" />
      <TableSkeleton rows={12} columns={5} label="Loading the audit log" />
    </>
  );
}
