import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

/** A mail as the server took it: to whom it went, and what was in it. */
export type ReceivedMail = {
  to: string[];
  from: string;
  mail: Email;
  raw: string;
};

/** A real SMTP server on loopback. It refuses what it is told to, as real ones do. */
export type MailServer = {
  url: string;
  received: ReceivedMail[];
  /** replies to the next RCPT commands: 451 "later", 550 "never" */
  nextRefusals: number[];
  /** how many times a client has named a recipient */
  attempts: number;
  stop(): Promise<void>;
};

export async function startMailServer(): Promise<MailServer> {
  const state = {
    received: [] as ReceivedMail[],
    nextRefusals: [] as number[],
    attempts: 0,
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onRcptTo(_address, _session, done) {
      state.attempts += 1;
      const code = state.nextRefusals.shift();
      if (code === undefined) return done();
      const refusal = new Error(code < 500 ? "Try later" : "No such person");
      done(Object.assign(refusal, { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks);
        const { rcptTo, mailFrom } = session.envelope;
        void PostalMime.parse(raw).then((mail) => {
          state.received.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom ? mailFrom.address : "",
            mail,
            raw: raw.toString(),
          });
          done();
        });
      });
    },
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo; // Safe: it listens on TCP.
  const stop = () => new Promise<void>((ended) => server.close(() => ended()));
  return Object.assign(state, { url: `smtp://127.0.0.1:${port}`, stop });
}
