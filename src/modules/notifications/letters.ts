import type { Letter } from "@/platform/mail/letter";
import { instantIn, wordsFor } from "@/platform/words";
import { noticeEvents, type NoticeName } from "./contract";
import { deviceWords, eventWords, plainName, type Params } from "./wording";

/** Who a mail is from, and where its links lead. */
export type Sender = {
  company: string;
  support: string | null;
  appUrl: string;
};

/** A mail before it is rendered. */
export type Draft = Omit<Letter, "sender"> & {
  to: string;
  subject: string;
  /** where an answer goes, when not to the sender */
  replyTo?: string | undefined;
};

type AccountLink = {
  token: string;
  email: string;
  language: string;
  expiresAt: Date;
};

const paths = { verify: "/verify", reset: "/reset-password" } as const;

/** The mail that shows that an address is its owner's, or lets them choose a new password. */
export function accountLetter(
  kind: keyof typeof paths,
  { token, email, language, expiresAt }: AccountLink,
  sender: Sender,
): Draft {
  const words = wordsFor(language, "mail");
  const values = { email, company: sender.company };
  const until = instantIn(language, expiresAt);
  return {
    to: email,
    language,
    subject: words(`${kind}.subject`),
    heading: words(`${kind}.heading`),
    paragraphs: [words(`${kind}.body`, values), words("until", { until })],
    action: {
      label: words(`${kind}.action`),
      href: `${sender.appUrl}${paths[kind]}?token=${token}`,
      hint: words("hint"),
    },
    notes: [
      words(`${kind}.ignore`, values),
      ...ending(email, language, sender),
    ],
  };
}

type InvitationLink = {
  token: string;
  email: string;
  inviter: string | null;
  customerName: string | null;
  role: string;
  expiresAt: Date;
};

/** The mail that invites somebody to the staff, or to a customer's people. */
export function invitationLetter(
  invitation: InvitationLink,
  sender: Sender,
): Draft {
  const { token, email, inviter, customerName } = invitation;
  // Nobody knows the language of a person who has no account yet.
  const language = "en";
  const words = wordsFor(language, "mail");
  const kind = customerName === null ? "invite_staff" : "invite_customer";
  const values = {
    company: sender.company,
    customer: plainName(customerName ?? ""),
    inviter: inviter ? plainName(inviter) : "none",
    role: wordsFor(language, "role")(invitation.role),
  };
  const until = instantIn(language, invitation.expiresAt);
  return {
    to: email,
    language,
    subject: words(`${kind}.subject`, values),
    heading: words(`${kind}.heading`, values),
    paragraphs: [words(`${kind}.body`, values), words("until", { until })],
    action: {
      label: words(`${kind}.action`),
      href: `${sender.appUrl}/invitation?token=${token}`,
      hint: words("hint"),
    },
    notes: [words(`${kind}.ignore`), ...ending(email, language, sender)],
  };
}

type NoticeMail = {
  event: NoticeName;
  params: Params;
  href: string | null;
  person: { email: string; language: string };
  replyTo?: string | undefined;
};

/** The mail that tells of an event, with what is known of it. */
export function noticeLetter(
  { event, params, href, person, replyTo }: NoticeMail,
  sender: Sender,
): Draft {
  const { email, language } = person;
  const words = wordsFor(language, "mail");
  const { title, body } = eventWords(event, params, language);
  const isSecurity = noticeEvents[event].group === "security";
  const { audience } = noticeEvents[event];
  const area = audience.some((one) => one === "staff") ? "" : "/portal";
  const link = `${sender.appUrl}${area}/notifications/preferences`;
  return {
    to: email,
    language,
    ...(replyTo && { replyTo }),
    subject: title,
    heading: title,
    paragraphs: [body],
    facts: factsOf(params, language),
    action: {
      label: isSecurity
        ? words("notice.secure")
        : words("notice.action", { company: sender.company }),
      href: `${sender.appUrl}${href ?? "/sign-in"}`,
      hint: words("hint"),
    },
    notes: [
      ...(replyTo ? [words("answerable")] : []),
      ...(isSecurity ? [] : [words("preferences", { link })]),
      ...ending(email, language, sender),
    ],
  };
}

function ending(email: string, language: string, sender: Sender): string[] {
  const words = wordsFor(language, "mail");
  const { company, support } = sender;
  return [
    words("sent_to", { company, email }),
    ...(support ? [words("questions", { support })] : []),
  ];
}

function factsOf(params: Params, language: string) {
  const words = wordsFor(language, "mail");
  const fact = (name: string, value: string) => ({
    label: words(`facts.${name}`),
    value,
  });
  const { at, ip, user_agent } = params;
  return [
    ...(at ? [fact("time", instantIn(language, new Date(at)))] : []),
    ...(ip ? [fact("address", String(ip))] : []),
    ...(user_agent ? [fact("device", deviceWords(params, language))] : []),
  ];
}
