import { PanelSkeleton } from "@/modules/usage/ui/usage-panel";
import { PageHeader } from "@/ui/display/page-header";

export default function Loading() {
  return (
    <>
      <PageHeader title="Usage" />
      <PanelSkeleton />
    </>
  );
}
