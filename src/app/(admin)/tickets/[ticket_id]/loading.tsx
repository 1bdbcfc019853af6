import { Card } from "@/ui/display/card";
import { DetailsSkeleton, Skeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <Skeleton className="h-8 w-64" />
      <div className="grid items-start gap-4 lg:grid-cols-[1fr_20rem]">
        <Card>
          <DetailsSkeleton rows={6} />
        </Card>
        <Card>
          <DetailsSkeleton rows={4} />
        </Card>
      </div>
    </>
  );
}
