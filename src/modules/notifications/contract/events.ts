/** What people are told of, for whom it is, and what holds while they have chosen nothing. */
export const noticeEvents = {
  "password.changed": security(),
  "session.opened": security(),
  "two_factor.enabled": security(),
  "two_factor.disabled": security(),
  "recovery_code.used": security(),
  "external_login.linked": security(),
  "session.refresh_reused": security(),
  "user.registration_repeated": security(),
  "account.suspended": account(),
  "account.restored": account(),
  "account.closing": account(),
  "account.kept": account(),
  "member.joined": team("customer"),
  "member.removed": team("customer"),
  "usage.threshold": usage("customer"),
  "usage.projection": usage("customer"),
  "usage.unpriced": usage("staff"),
  "customer.expiring": usage("customer"),
  "subscription.trial_ending": billing("customer", true),
  "subscription.renewal_due": billing("customer", true),
  "subscription.past_due": billing("customer", true),
  "subscription.dunning": billing("customer", true),
  "subscription.access_ended": billing("customer", true),
  "subscription.canceled": billing("customer", true),
  "subscription.change_failed": billing("customer", true),
  "payment.failed": billing("customer", false),
  "payment_method.expiring": billing("customer", true),
  "customer.payment_failed": billing("staff", false),
  "payment.disputed": billing("staff", true),
  "payment.refund_failed": billing("staff", true),
  "billing.differs": billing("staff", true),
  "inbound_webhook.dead": billing("staff", true),
  "ticket.opened": support("staff"),
  "ticket.replied": support("staff"),
  "ticket.assigned": support("staff"),
  "ticket.answered": support("customer"),
  "tenant.provisioned": tenants("customer"),
  "tenant.provisioning_failed": tenants("customer"),
  "tenant.suspended": tenants("customer"),
  "tenant.deleted": tenants("customer"),
  "tenant.needs_help": tenants("staff"),
  "backup.failed": upkeep(),
  "erasure.waits": upkeep(),
  "customer.closing": upkeep(),
  "customer.kept": team("staff"),
  "staff.joined": team("staff"),
  "view_as.started": team("staff"),
} as const satisfies Record<string, NoticeEvent>;

export type NoticeName = keyof typeof noticeEvents;

type Audience = "staff" | "customer";
type NoticeEvent = {
  group: "security" | "usage" | "billing" | "support" | "tenants" | "team";
  audience: readonly Audience[];
  in_app: boolean;
  mail: boolean;
  /** Mails about one's account's safety cannot be switched off. */
  isMailFixed: boolean;
};

/** The names that concern an audience, in the order they are shown in. */
export function noticeNames(audience: Audience): NoticeName[] {
  // Safe: its own keys.
  const names = Object.keys(noticeEvents) as NoticeName[];
  return names.filter((name) =>
    noticeEvents[name].audience.some((one) => one === audience),
  );
}

function security() {
  return {
    group: "security",
    audience: ["staff", "customer"],
    in_app: true,
    mail: true,
    isMailFixed: true,
  } as const;
}

function account() {
  return {
    group: "security",
    audience: ["customer"],
    in_app: true,
    mail: true,
    isMailFixed: true,
  } as const;
}

function usage<A extends Audience>(audience: A) {
  return {
    group: "usage",
    audience: [audience],
    in_app: true,
    mail: true,
    isMailFixed: false,
  } as const;
}

function billing<A extends Audience>(audience: A, mail: boolean) {
  return {
    group: "billing",
    audience: [audience],
    in_app: true,
    mail,
    isMailFixed: false,
  } as const;
}

function support<A extends Audience>(audience: A) {
  return {
    group: "support",
    audience: [audience],
    in_app: true,
    mail: true,
    isMailFixed: false,
  } as const;
}

function tenants<A extends Audience>(audience: A) {
  return {
    group: "tenants",
    audience: [audience],
    in_app: true,
    mail: true,
    isMailFixed: false,
  } as const;
}

function upkeep() {
  return {
    group: "team",
    audience: ["staff"],
    in_app: true,
    mail: true,
    isMailFixed: false,
  } as const;
}

function team<A extends Audience>(audience: A) {
  return {
    group: "team",
    audience: [audience],
    in_app: true,
    mail: false,
    isMailFixed: false,
  } as const;
}
