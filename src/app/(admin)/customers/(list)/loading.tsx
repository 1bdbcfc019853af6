import { PageHeader } from "@/ui/display/page-header";
import { Skeleton, TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Customers" />
      <Skeleton className="h-30 w-full rounded-lg lg:h-15" />
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8 w-full sm:w-72" />
        <TableSkeleton rows={12} columns={7} label="Loading customers" />
      </div>
    </>
  );
}
