import * as kit from "@react-pdf/renderer";
import type { InvoiceLine } from "../../contract";
import type { StoredInvoice } from "../../queries/row";
import { fontsFor, registerFonts } from "./fonts";
import { Head, type Logo } from "./head";
import { Line, TableHead } from "./lines";
import { faint, ink, tableHead, type Given } from "./look";
import { inSections } from "./sections";
import { Remarks, Sums } from "./sums";

const margin = 48;

/** All that a paper shows. */
export type Drawn = { invoice: StoredInvoice; logo: Logo | null };

/** The bytes of an invoice's PDF. */
export async function drawInvoice({
  invoice,
  logo,
}: Drawn): Promise<Uint8Array<ArrayBuffer>> {
  const fonts = fontsFor(JSON.stringify(invoice));
  registerFonts(kit.Font, fonts);
  return new Uint8Array(
    await kit.renderToBuffer(
      <Paper kit={kit} invoice={invoice} logo={logo} fonts={fonts} />,
    ),
  );
}

type PaperProps = Given & { logo: Logo | null; fonts: string[] };

function Paper({ kit, invoice, logo, fonts }: PaperProps) {
  const { Document, View } = kit;
  const sections = inSections(invoice.lines);
  return (
    <Document
      title={invoice.number ?? "Draft"}
      author={invoice.seller?.name ?? ""}
      producer="Tollkeeper"
    >
      {sections.map((lines, i) => (
        <Section key={i} kit={kit} invoice={invoice} fonts={fonts}>
          {i === 0 && (
            <>
              <View style={{ marginTop: -tableHead }}>
                <Head kit={kit} invoice={invoice} logo={logo} />
              </View>
              <TableHead kit={kit} />
            </>
          )}
          {i < sections.length - 1 ? (
            <Lines kit={kit} invoice={invoice} lines={lines} />
          ) : (
            <LastLines kit={kit} invoice={invoice} lines={lines} />
          )}
        </Section>
      ))}
    </Document>
  );
}

type SectionProps = Given & { fonts: string[]; children: React.ReactNode };

function Section({ kit, invoice, fonts, children }: SectionProps) {
  const { Page } = kit;
  return (
    <Page
      size="A4"
      style={{
        padding: margin,
        paddingTop: margin + tableHead,
        paddingBottom: 64,
        fontFamily: fonts,
        fontSize: 9,
        color: ink,
      }}
    >
      <FurtherHead kit={kit} />
      {children}
      <PageNumber kit={kit} invoice={invoice} />
    </Page>
  );
}

type LinesProps = Given & { lines: InvoiceLine[] };

function Lines({ kit, invoice: { currency }, lines }: LinesProps) {
  return lines.map((line) => (
    <Line key={line.position} kit={kit} line={line} currency={currency} />
  ));
}

function LastLines({ kit, invoice, lines }: LinesProps) {
  const { View } = kit;
  // What may be longer than a page must be one that can be parted.
  const isShort = invoice.credit_notes.length <= 10;
  return (
    <>
      <Lines kit={kit} invoice={invoice} lines={lines.slice(0, -1)} />
      {/* Together, so that no page has the head of the table and no line. */}
      <View wrap={false}>
        <Lines kit={kit} invoice={invoice} lines={lines.slice(-1)} />
        <Sums kit={kit} invoice={invoice} />
        {isShort && <Remarks kit={kit} invoice={invoice} />}
      </View>
      {!isShort && <Remarks kit={kit} invoice={invoice} />}
    </>
  );
}

/** The head of the table on each page but the first, in the room that all pages leave for it. */
function FurtherHead({ kit }: Pick<Given, "kit">) {
  const { View } = kit;
  return (
    <View
      fixed
      style={{ position: "absolute", top: margin, left: margin, right: margin }}
      render={({ pageNumber }) =>
        pageNumber > 1 ? <TableHead kit={kit} /> : null
      }
    />
  );
}

function PageNumber({ kit: { Text }, invoice }: Given) {
  const title = invoice.number ?? "Draft";
  return (
    <Text
      fixed
      style={{
        position: "absolute",
        bottom: 32,
        left: margin,
        right: margin,
        textAlign: "right",
        fontSize: 8,
        color: faint,
      }}
      render={({ pageNumber, totalPages }) =>
        `${title} · ${pageNumber} / ${totalPages}`
      }
    />
  );
}
