import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <TableSkeleton rows={8} columns={2} label="Loading activity" />;
}
