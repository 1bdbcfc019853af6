import { PageHeader } from "@/ui/display/page-header";
import { Skeleton, TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Tickets" />
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        {["open", "overdue", "first", "resolved"].map((name) => (
          <Skeleton key={name} className="h-24" />
        ))}
      </div>
      <TableSkeleton columns={7} label="Loading tickets" />
    </>
  );
}
