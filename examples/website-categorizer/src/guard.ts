import { createTollkeeper } from "@tollkeeper/sdk";
import type { Handler } from "./service";
import { SettingsError, type TollkeeperSettings } from "./settings";

export type Guard = {
  protect: (handler: Handler) => Handler;
  /** Report what is not yet reported. */
  close: () => Promise<unknown>;
};

/** Put the service behind Tollkeeper: each call is checked first, and reported afterwards. */
export function createGuard(settings: TollkeeperSettings): Guard {
  const tollkeeper = connect(settings);
  return {
    protect: (handler) =>
      tollkeeper.protect(handler, { endpoint: "/categorize" }),
    close: () => tollkeeper.close(),
  };
}

function connect(settings: TollkeeperSettings) {
  try {
    return createTollkeeper(settings);
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    throw new SettingsError(
      `TOLLKEEPER_URL or TOLLKEEPER_TOKEN is wrong: ${why}`,
    );
  }
}
