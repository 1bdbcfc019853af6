"use client";

import dynamic from "next/dynamic";
import { ChartSkeleton } from "../display/skeletons";

/** recharts weighs about 100 kB: it comes after the page, and never to the server. */
export const LazyPlot = dynamic(() => import("./plot"), {
  ssr: false,
  loading: () => <ChartSkeleton />,
});
