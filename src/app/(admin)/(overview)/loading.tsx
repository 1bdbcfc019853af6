import { Card } from "@/ui/display/card";
import { PageHeader } from "@/ui/display/page-header";
import { CardsSkeleton, ChartSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Overview" />
      <CardsSkeleton count={4} />
      <Card title="Calls">
        <ChartSkeleton />
      </Card>
    </>
  );
}
