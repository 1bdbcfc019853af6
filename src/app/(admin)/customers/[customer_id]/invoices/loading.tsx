import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <TableSkeleton columns={6} label="Loading invoices" />;
}
