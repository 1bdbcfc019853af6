import { PageHeader } from "@/ui/display/page-header";
import { TableSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return (
    <>
      <PageHeader
        title="Event log"
        breadcrumbs={[{ label: "Usage", href: "/usage" }]}
      />
      <TableSkeleton columns={5} label="Loading events" />
    </>
  );
}
