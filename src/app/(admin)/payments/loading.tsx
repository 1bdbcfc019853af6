import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Payments" />
      <TableSkeleton columns={6} label="Loading payments" />
    </>
  );
}
