import type * as Kit from "react-email";

/** What a mail says; how it looks is the same for all. All of it is text, never HTML. */
export type Letter = {
  /** BCP 47 */
  language: string;
  sender: { name: string; href: string; accent: string; accentInk: string };
  heading: string;
  paragraphs: string[];
  /** `hint` stands over the address for those whose button does not work */
  action?: { label: string; href: string; hint: string };
  facts?: { label: string; value: string }[];
  /** in small type at the end */
  notes: string[];
};

/** Both parts of a mail. */
export async function renderLetter(
  letter: Letter,
): Promise<{ html: string; text: string }> {
  // Loaded with the first mail: it takes longer than all else that the process loads.
  const kit = await import("react-email");
  const html = await kit.render(<Paper kit={kit} letter={letter} />);
  const text = kit.toPlainText(html, {
    selectors: [{ selector: "h1", options: { uppercase: false } }],
  });
  return { html, text };
}

const fonts =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";
const ink = "#18181b";
const faint = "#5f5f68";
const line = "1px solid #e4e4e7";
const paragraph = { fontSize: "15px", lineHeight: "24px", color: ink };
const small = { fontSize: "13px", lineHeight: "20px", color: faint };

function Paper({ kit, letter }: { kit: typeof Kit; letter: Letter }) {
  const { Body, Container, Head, Heading, Hr, Html, Link, Preview, Text } = kit;
  const { sender, notes, paragraphs } = letter;
  return (
    <Html lang={letter.language}>
      <Head>
        <meta name="color-scheme" content="light" />
      </Head>
      <Preview>{paragraphs[0] ?? letter.heading}</Preview>
      <Body
        style={{ backgroundColor: "#f6f6f7", fontFamily: fonts, margin: 0 }}
      >
        <Container style={{ maxWidth: "560px", padding: "24px 12px" }}>
          <Link
            href={sender.href}
            style={{ ...paragraph, fontWeight: 600 }}
            data-skip-in-text="true"
          >
            {sender.name}
          </Link>
          <Container
            style={{
              backgroundColor: "#ffffff",
              border: line,
              borderRadius: "12px",
              padding: "24px",
              margin: "16px 0",
            }}
          >
            <Heading
              as="h1"
              style={{
                fontSize: "20px",
                lineHeight: "28px",
                color: ink,
                margin: 0,
              }}
            >
              {letter.heading}
            </Heading>
            {paragraphs.map((words) => (
              <Text key={words} style={paragraph}>
                {words}
              </Text>
            ))}
            <Facts kit={kit} facts={letter.facts ?? []} />
            {letter.action ? (
              <Action kit={kit} action={letter.action} sender={sender} />
            ) : null}
          </Container>
          <Hr style={{ borderTop: line }} />
          {notes.map((note) => (
            <Text key={note} style={small}>
              {note}
            </Text>
          ))}
        </Container>
      </Body>
    </Html>
  );
}

type Part<K extends keyof Letter> = { kit: typeof Kit } & {
  [name in K]: NonNullable<Letter[name]>;
};

function Facts({ kit, facts }: Part<"facts">) {
  return facts.map(({ label, value }) => (
    <kit.Text key={label} style={{ ...paragraph, margin: "4px 0" }}>
      <span style={{ color: faint }}>{`${label}: `}</span>
      {value}
    </kit.Text>
  ));
}

function Action({ kit, action, sender }: Part<"action" | "sender">) {
  const { Button, Link, Section, Text } = kit;
  return (
    <>
      <Button
        href={action.href}
        style={{
          backgroundColor: sender.accent,
          color: sender.accentInk,
          borderRadius: "6px",
          fontSize: "15px",
          fontWeight: 600,
          padding: "10px 16px",
        }}
      >
        {action.label}
      </Button>
      <Section data-skip-in-text="true">
        <Text style={{ ...small, margin: "20px 0 0" }}>
          {action.hint}
          <br />
          <Link
            href={action.href}
            style={{ color: faint, wordBreak: "break-all" }}
          >
            {action.href}
          </Link>
        </Text>
      </Section>
    </>
  );
}
