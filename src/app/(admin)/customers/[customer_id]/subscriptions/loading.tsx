import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <TableSkeleton columns={7} label="Loading subscriptions" />;
}
