import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Invoices" />
      <TableSkeleton columns={8} label="Loading invoices" />
    </>
  );
}
