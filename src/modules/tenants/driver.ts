import type { DriverName } from "./contract";

/** A tenant as its driver knows it. */
export type Place = {
  tenantId: string;
  subdomain: string;
  /** the name of its database, mostly */
  ref: string;
  name: string;
  adminEmail: string;
  /** of the first person; null where none is known */
  adminPassword: string | null;
};

export type ModuleState = {
  name: string;
  title: string;
  summary: string;
  version: string | null;
  isInstalled: boolean;
  dependsOn: string[];
};

export type Measured = {
  users: number | null;
  storageBytes: bigint | null;
  version: string | null;
};

export type LogEntry = {
  level: "info" | "warning" | "error";
  message: string;
  at: Date;
};

/**
 * What keeps tenants. Every verb may be asked again after it was cut off anywhere, by a crash or a
 * lost answer, and then goes on or has nothing left to do. It throws Refusal for what will not
 * work however often it is tried, and anything else for what may.
 */
export type Driver = {
  name: DriverName;
  /** what a new tenant is known by */
  refOf(tenantId: string, subdomain: string): string;
  backupRefOf(backupId: string): string;
  /** whether a ref may be adopted */
  mayAdopt(ref: string): boolean;
  exists(place: Place): Promise<boolean>;
  create(place: Place, isFirstTry: boolean): Promise<void>;
  drop(place: Place): Promise<void>;
  /** take away what a creation that failed left behind, and nothing of anybody else */
  abandon(place: Place): Promise<void>;
  listModules(place: Place): Promise<ModuleState[]>;
  installModule(place: Place, name: string): Promise<void>;
  uninstallModule(place: Place, name: string): Promise<void>;
  usage(place: Place): Promise<Measured>;
  backup(place: Place, backupRef: string): Promise<{ bytes: bigint | null }>;
  dropBackup(place: Place, backupRef: string): Promise<void>;
  /** `attempt` names this restoring, so that it can be gone on with */
  restore(place: Place, backupRef: string, attempt: string): Promise<void>;
  /** take away what a restoring that failed left behind */
  cancelRestore(place: Place, attempt: string): Promise<void>;
  suspend(place: Place): Promise<void>;
  unsuspend(place: Place): Promise<void>;
  /** what its log says after `cursor`, oldest first */
  readLogs?(
    place: Place,
    cursor: bigint,
  ): Promise<{ entries: LogEntry[]; cursor: bigint }>;
};

/** What a driver will not do, however often it is asked. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** whether nothing was begun: what is there is somebody else's, and stays */
    readonly isUntouched = false,
  ) {
    super(message);
    this.name = "Refusal";
  }
}
