import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Webhooks" />
      <TableSkeleton columns={5} label="Loading webhooks" />
    </>
  );
}
