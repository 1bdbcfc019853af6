/** What a customer's people do by themselves, unless the seller has switched it off. */
export const capabilities = [
  "keys",
  "plan",
  "pause",
  "cancel",
  "payment_methods",
  "tenants",
  "modules",
  "backups",
  "devices",
  "tickets",
  "team",
  "close",
] as const;
export type Capability = (typeof capabilities)[number];

/** Each as the settings name it; a refusal begins with "To". */
export const capabilityNames: Record<Capability, string> = {
  keys: "Issue, change, roll and revoke API keys",
  plan: "Choose and change a plan",
  pause: "Pause a plan, and go on with it",
  cancel: "Cancel a plan, and take that back",
  payment_methods: "Add and remove payment methods",
  tenants: "Create, rename and delete tenants",
  modules: "Install and uninstall modules",
  backups: "Back tenants up, and restore them",
  devices: "Free the places that a license is used in",
  tickets: "Open tickets",
  team: "Invite people, and change their roles",
  close: "Close the account",
};

/** Whom to ask for what is switched off, and for what. */
export function askFor(capability: Capability, contact: string): string {
  const [first = "", ...rest] = capabilityNames[capability];
  return `To ${first.toLowerCase()}${rest.join("")}, ask ${contact}.`;
}

/** What a seller has switched off, and whom its customers' people ask for it. */
export type SelfService = {
  off: ReadonlySet<Capability>;
  /** as "Acme (help@example.com)" */
  contact: string;
};
