import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Coupons" />
      <TableSkeleton rows={5} columns={6} label="Loading coupons" />
    </>
  );
}
