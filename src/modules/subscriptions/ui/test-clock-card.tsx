"use client";

import dynamic from "next/dynamic";
import type { TestClockProps } from "./test-clock";

const TestClock = dynamic(
  () => import("./test-clock").then((part) => part.TestClock),
  { ssr: false },
);

/** The clock of a test customer, loaded for those alone. */
export function TestClockCard(props: TestClockProps) {
  return <TestClock {...props} />;
}
