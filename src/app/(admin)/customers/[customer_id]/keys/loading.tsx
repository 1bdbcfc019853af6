import { Skeleton, TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-8 w-64" />
      <TableSkeleton rows={4} columns={6} label="Loading keys" />
    </div>
  );
}
