import type { Readable } from "node:stream";
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
  /** of a job: where what was asked is known by, and what was called back is kept */
  calls?: Calls;
};

/** What came of a call that its driver is told of later. */
export type CallState =
  | { status: "new" }
  | { status: "pending"; until: Date }
  | { status: "succeeded"; result: unknown }
  | { status: "failed"; error: string };

/** The calls of a job, each known by the same id however often it is made. */
export type Calls = {
  begin(
    verb: string,
    subject: string,
  ): Promise<{ id: string; state: CallState }>;
  /** notes that it will be told; answers until when that is waited for */
  wait(id: string): Promise<Date>;
  /** forgets a call that nobody told of */
  forget(id: string): Promise<void>;
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

/** A backup as somebody takes it away; `ending` is that of its file's name. */
export type BackupFile = { ending: string; type: string; stream: Readable };

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
  /** throws before the first byte when there is none */
  readBackup(place: Place, backupRef: string): Promise<BackupFile>;
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

/** What a driver was asked goes on; the call tells of its end. */
export class Pending extends Error {
  constructor(
    message: string,
    readonly callId: string,
  ) {
    super(message);
    this.name = "Pending";
  }
}

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

/** What was promised to be told of, and was not in time. */
export class Unheard extends Refusal {
  constructor(message: string) {
    super(message);
    this.name = "Unheard";
  }
}
