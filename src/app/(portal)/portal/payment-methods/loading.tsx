import { Card } from "@/ui/display/card";
import { PageHeader } from "@/ui/display/page-header";
import { DetailsSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Payment methods" />
      <Card>
        <DetailsSkeleton rows={3} />
      </Card>
    </>
  );
}
