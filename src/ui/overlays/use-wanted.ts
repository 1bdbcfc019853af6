"use client";

import { useState } from "react";

/** True from the first time on that `isOpen` is: until then an overlay's code is not loaded. */
export function useWanted(isOpen: boolean) {
  const [isWanted, setWanted] = useState(isOpen);
  if (isOpen && !isWanted) setWanted(true);
  return isWanted;
}
