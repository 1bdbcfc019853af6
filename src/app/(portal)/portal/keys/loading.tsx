import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="API keys" />
      <TableSkeleton rows={4} columns={6} label="Loading keys" />
    </>
  );
}
