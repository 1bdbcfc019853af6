import { PanelSkeleton } from "@/modules/usage/ui/usage-panel";
import { Skeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <Skeleton className="h-32 w-full" />
      <PanelSkeleton />
    </>
  );
}
