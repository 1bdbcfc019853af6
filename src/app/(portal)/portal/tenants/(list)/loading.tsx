import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Tenants" />
      <TableSkeleton rows={4} columns={5} label="Loading tenants" />
    </>
  );
}
