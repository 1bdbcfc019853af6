import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Tenants" />
      <TableSkeleton columns={7} label="Loading tenants" />
    </>
  );
}
