import { CardPairSkeleton } from "@/ui/display/skeletons";

export default function Loading() {
  return <CardPairSkeleton />;
}
