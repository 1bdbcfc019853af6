import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <TableSkeleton columns={5} label="Loading payments" />;
}
