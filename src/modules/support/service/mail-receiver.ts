import { createHash } from "node:crypto";
import type { SMTPServerDataStream, SMTPServerSession } from "smtp-server";
import { env } from "@/platform/env";
import { listen } from "@/platform/listen";
import { log } from "@/platform/log";
import { publicCtx } from "@/platform/request-context";
import { mailBytes } from "../contract/kinds";
import { readMail } from "./read-mail";
import { isReplyAddress } from "./reply-address";
import { takeMail } from "./take-mail";

/** Where mails come in; `port` is the one that it got. */
export type MailReceiver = { port: number; stop(): Promise<void> };

/**
 * Listen for answers to tickets by SMTP, where SUPPORT_SMTP_PORT is set: for a mail server that
 * hands over what comes to the reply addresses. Every other address is refused before a word of the
 * mail was sent, and nothing is ever sent on. Throws when the port is taken.
 */
export async function startMailReceiver(): Promise<MailReceiver | null> {
  const { SUPPORT_SMTP_PORT, SUPPORT_SMTP_HOST } = env();
  if (SUPPORT_SMTP_PORT === undefined) return null;
  const { SMTPServer } = await import("smtp-server");
  const server = new SMTPServer({
    banner: "Tollkeeper",
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: mailBytes,
    rejectOversized: true,
    maxClients: 20,
    socketTimeout: 30_000,
    closeTimeout: 5_000,
    onRcptTo({ address }, { envelope }, done) {
      if (!isReplyAddress(address))
        return done(refusal(550, "5.1.1 There is no such address here"));
      if (envelope.rcptTo.length >= mostRecipients)
        return done(refusal(452, "4.5.3 Too many recipients"));
      done();
    },
    onData(stream, session, done) {
      receive(stream, session).then(
        (words) => done(null, words),
        (error: unknown) =>
          done(error instanceof Refused ? error : later(error)),
      );
    },
  });
  await listen(
    server,
    SUPPORT_SMTP_PORT,
    SUPPORT_SMTP_HOST,
    "SUPPORT_SMTP_PORT",
  );
  // What goes wrong on one connection is told here; the others go on.
  server.on("error", (error: Error) =>
    log().warn({ err: error }, "a connection of the mail receiver broke"),
  );
  const address = server.server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  log().info({ port }, "taking mails");
  return { port, stop: () => new Promise((resolve) => server.close(resolve)) };
}

const mostRecipients = 10;

async function receive(
  stream: SMTPServerDataStream,
  { envelope, remoteAddress }: SMTPServerSession,
): Promise<string> {
  const raw = await whole(stream);
  const mail = await readMail(raw).catch(() => {
    throw refusal(554, "5.6.0 This is no mail");
  });
  const hash = createHash("sha256").update(raw).digest("hex");
  const sender = envelope.mailFrom;
  const { result, isQuiet } = await takeMail(publicCtx(remoteAddress), {
    ...mail,
    messageId: mail.messageId ?? hash,
    to: envelope.rcptTo.map(({ address }) => address),
    // An empty sender is that of mails which nobody may answer.
    isAutomatic: mail.isAutomatic || !sender || sender.address === "",
  });
  log().info({ status: result.status, reason: result.reason }, "a mail came");
  if (result.status === "ignored" && !isQuiet)
    throw refusal(550, `5.7.1 ${result.reason ?? ""}`);
  return result.status === "added" ? "2.0.0 Added" : "2.0.0 Not needed";
}

async function whole(stream: SMTPServerDataStream): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream as AsyncIterable<Buffer>) {
    size += piece.length;
    // The rest is read and let go: the server answers 552 at its end.
    if (size <= mailBytes) pieces.push(piece);
  }
  if (size > mailBytes) throw refusal(552, "5.3.4 This mail is too large");
  return Buffer.concat(pieces);
}

class Refused extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}

function refusal(code: number, message: string): Refused {
  const ascii = message.replace(/[’‘]/g, "'").replace(/[^\x20-\x7e]/g, "?");
  return new Refused(code, ascii);
}

// Whatever else went wrong is ours: its sender keeps it, and tries again.
function later(error: unknown): Refused {
  log().warn({ err: error }, "a mail could not be taken yet");
  return refusal(451, "4.3.0 Not now, try again later");
}
