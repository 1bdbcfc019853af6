import type { JobKind } from "./parts";

type Words = {
  /** while it goes on */
  doing: string;
  done: string;
  failed: string;
};

/** Work on a tenant in words. */
export const jobWords: Record<JobKind, Words> = {
  provision: {
    doing: "Being made",
    done: "Made",
    failed: "Could not be made",
  },
  adopt: {
    doing: "Being taken over",
    done: "Taken over",
    failed: "Could not be taken over",
  },
  install_module: {
    doing: "Installing",
    done: "Installed",
    failed: "Could not be installed",
  },
  uninstall_module: {
    doing: "Uninstalling",
    done: "Uninstalled",
    failed: "Could not be uninstalled",
  },
  backup: {
    doing: "Backing up",
    done: "Backed up",
    failed: "Could not be backed up",
  },
  restore: {
    doing: "Restoring",
    done: "Restored",
    failed: "Could not be restored",
  },
  suspend: {
    doing: "Closing",
    done: "Suspended",
    failed: "Could not be closed",
  },
  unsuspend: {
    doing: "Opening again",
    done: "Taken back",
    failed: "Could not be opened again",
  },
  terminate: {
    doing: "Being deleted",
    done: "Deleted",
    failed: "Could not be deleted",
  },
};
