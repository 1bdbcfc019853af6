import { setTimeout as sleep } from "node:timers/promises";
import { openConnection } from "./connection.mjs";

/** Waits until a program that was just started takes connections. */
export async function untilListening(/** @type {number} */ port) {
  for (let attempt = 1; ; attempt += 1) {
    const isOpen = await openConnection(port).then(
      ({ close }) => (close(), true),
      () => false,
    );
    if (isOpen) return;
    if (attempt === 100) throw new Error(`Nothing listens on port ${port}`);
    await sleep(100);
  }
}
