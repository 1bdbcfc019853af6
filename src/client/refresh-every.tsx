"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { isAttended } from "./attended";

const attendedSeconds = 300;

/** Asks the server for the page again at an interval, while somebody is there to see it. */
export function RefreshEvery({ seconds }: { seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && isAttended(attendedSeconds))
        router.refresh();
    }, seconds * 1_000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return null;
}
