import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <TableSkeleton rows={4} columns={6} label="Loading tenants" />;
}
