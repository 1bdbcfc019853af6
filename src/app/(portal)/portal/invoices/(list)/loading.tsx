import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Invoices" />
      <TableSkeleton rows={6} columns={5} label="Loading invoices" />
    </>
  );
}
