import { Card } from "@/ui/display/card";
import { DetailsSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card>
        <DetailsSkeleton rows={4} />
      </Card>
      <Card>
        <DetailsSkeleton rows={4} />
      </Card>
    </div>
  );
}
