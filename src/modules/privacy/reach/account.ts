import { ofCustomer, ofParent, type Reach } from "./reach";

const ofPeople = "t.user_id = ANY(:people)";
const ofSubject =
  "t.subject_id IN (SELECT :customer UNION ALL SELECT lineage_id FROM api_keys WHERE customer_id = :customer)";

/** The customer, its people, and what it may use. What hangs on keys goes before them. */
export const account: Record<string, Reach> = {
  limit_policies: {
    about: "rate limits of its own",
    of: ofSubject,
    export: {},
    erase: "delete",
  },
  limit_counters: {
    about: "what it used of its rate limits",
    of: ofSubject,
    export: {},
    erase: "delete",
  },
  quotas: {
    about: "quotas of its own",
    of: ofSubject,
    export: {},
    erase: "delete",
  },
  feature_grants: {
    about: "features of its own",
    of: ofSubject,
    export: {},
    erase: "delete",
  },
  boosts: {
    about: "limits raised for a time",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  customer_entitlements: {
    about: "the plan that it has, and its period",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  reservations: {
    about: "amounts held for calls",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  alerts: {
    about: "what it was told of its usage",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  usage_readings: {
    about: "readings of its usage and devices",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  api_keys: {
    about: "API keys, without their secrets",
    of: ofCustomer,
    export: { withheld: ["hash"] },
    erase: "delete",
  },
  notes: {
    about: "what staff noted about it",
    of: ofCustomer,
    export: { staffOnly: "true", withheld: ["author_id", "author_name"] },
    erase: "delete",
  },
  sessions: {
    about: "where its people signed in",
    of: `(t.customer_id = :customer OR ${ofPeople})`,
    export: {
      staffOnly: "true",
      withheld: ["viewing_id", "viewing_reason", "viewing_until"],
      size: "scan",
    },
    erase: "delete",
  },
  refresh_tokens: {
    about: "tokens of API clients",
    of: "t.session_id IN (SELECT id FROM sessions WHERE user_id = ANY(:people))",
    export: { none: "secrets: only their hashes are kept" },
    erase: "cascade",
  },
  account_links: {
    about: "one-time links",
    of: ofPeople,
    export: { none: "secrets: only their hashes are kept" },
    erase: "cascade",
  },
  recovery_codes: {
    about: "recovery codes",
    of: ofPeople,
    export: { none: "secrets: only their hashes are kept" },
    erase: "cascade",
  },
  external_logins: {
    about: "accounts at sign-in providers",
    of: ofPeople,
    export: { staffOnly: "true" },
    erase: "cascade",
  },
  notification_preferences: {
    about: "where its people want to be told of what",
    of: ofPeople,
    export: {},
    erase: "cascade",
  },
  notifications: {
    about: "notices in the inboxes of its people",
    of: `(t.customer_id = :customer OR ${ofPeople} OR t.href LIKE ANY(:words))`,
    export: { size: "scan", staffOnly: "t.customer_id IS NULL" },
    erase: "delete",
  },
  mails: {
    about: "mails that were sent to it, without their content",
    of: "t.recipient = ANY(:emails)",
    export: { withheld: ["html", "text"], staffOnly: "true" },
    erase: "delete",
  },
  invitations: {
    about: "who was invited",
    of: ofCustomer,
    export: { withheld: ["hash"] },
    erase: "delete",
  },
  memberships: {
    about: "who belongs to it, and as what",
    of: ofCustomer,
    export: {},
    erase: "delete",
  },
  users: {
    about: "its people",
    of: "t.id = ANY(:people)",
    export: {
      withheld: [
        "password_hash",
        "two_factor_secret",
        "two_factor_step",
        "staff_role",
      ],
    },
    erase: "delete",
  },
  idempotency_keys: {
    about: "answers kept for repeated calls of its people",
    of: "t.scope LIKE ANY(:words)",
    export: { none: "sealed under a key that only the caller has" },
    erase: "delete",
  },
  api_rate_limits: {
    about: "calls of its people in the last minutes, and tries to sign in",
    of: "t.key LIKE ANY(:words) OR substring(t.key FROM ':email:(.*)$') = ANY(:emails)",
    export: { none: "gone within minutes" },
    erase: "delete",
  },
  outbox: {
    about: "events about it inside this program",
    of: "t.payload::text LIKE ANY(:words)",
    export: { size: "scan", staffOnly: "true" },
    erase: "delete",
  },
  batch_items: {
    about: "bulk changes that it was part of",
    of: ofCustomer,
    export: { size: "scan", staffOnly: "true" },
    erase: "delete",
  },
  import_rows: {
    about: "the line of a file that it came from",
    of: "(t.customer_id = :customer OR t.input->>'email' = ANY(:emails))",
    export: { size: "scan", staffOnly: "true" },
    erase: "delete",
  },
  tickets: {
    about: "its tickets",
    of: ofCustomer,
    export: { withheld: ["assignee_id"] },
    erase: "delete",
  },
  ticket_messages: {
    about: "what was said in them; notes among staff where staff export",
    of: ofParent("tickets", "ticket_id"),
    export: { staffOnly: "t.is_internal" },
    erase: "cascade",
  },
  attachments: {
    about: "files that were sent; each lies in the folder files/",
    of: `(t.message_id IN (SELECT m.id FROM ticket_messages m JOIN tickets k ON k.id = m.ticket_id WHERE k.customer_id = :customer)
      OR (t.uploaded_by_kind = 'customer' AND t.message_id IS NULL AND t.uploaded_by_id = ANY(:people)))`,
    export: {
      withheld: ["bytes"],
      staffOnly:
        "EXISTS (SELECT FROM ticket_messages m WHERE m.id = t.message_id AND m.is_internal)",
    },
    erase: "delete",
  },
  audit_log: {
    about: "what was done, by whom of its people or by staff",
    of: "t.customer_id = :customer",
    export: {
      withheld: ["mac", "redacted_mac", "actor_id", "on_behalf_of_id"],
      as: {
        actor_name:
          "CASE WHEN t.actor_kind = 'customer' THEN t.actor_name ELSE t.actor_kind END",
        ip: "CASE WHEN t.actor_kind = 'customer' THEN t.ip END",
      },
    },
    erase: "audit",
    codes: ["actor_kind", "action", "target_kind", "request_id"],
  },
  audit_seals: {
    about: "the chain over what was done",
    of: "t.entry_id IN (SELECT id FROM audit_log WHERE customer_id = :customer)",
    export: { none: "digests under a key of this installation" },
    erase: "keep",
  },
  erasures: {
    about: "that it was erased, or is to be",
    of: ofCustomer,
    export: { withheld: ["subjects", "asked_by_id", "asked_by_name"] },
    erase: "keep",
    codes: ["status", "asked_by_kind"],
  },
  customers: {
    about: "the account",
    of: "t.id = :customer",
    export: { withheld: ["search_text", "sort_name"] },
    erase: {
      set: {
        email: "'erased+' || t.id || '@erased.invalid'",
        full_name: "'Erased customer'",
        company_name: "NULL",
        phone: "NULL",
        address: "NULL",
        country: "NULL",
        region: "NULL",
        tax_id: "NULL",
        time_zone: "'UTC'",
        language: "'en'",
        external_id: "NULL",
        metadata: "'{}'",
        tags: "'{}'",
        status: "'archived'",
        expires_at: "NULL",
        usage_percentage: "NULL",
        device_count: "0",
        licenses_total: "0",
        licenses_active: "0",
        subscriptions_active: "0",
        domains_total: "0",
        erased_at: "now()",
        updated_at: "now()",
      },
    },
    codes: ["status", "currency", "search_text", "sort_name"],
  },
};
