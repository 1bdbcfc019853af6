import { PageHeader } from "@/ui/display/page-header";
import { DetailsSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader title="Plan and billing" />
      <DetailsSkeleton rows={6} />
    </>
  );
}
