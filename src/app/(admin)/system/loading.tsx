import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="System" />
      <TableSkeleton columns={5} label="Loading the system" />
    </>
  );
}
