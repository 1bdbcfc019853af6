import { DetailsSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <DetailsSkeleton rows={8} />;
}
