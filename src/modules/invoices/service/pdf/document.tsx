import { getLogo } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import type { StoredInvoice } from "../../queries/row";
import { getInvoice } from "../read";
import { fontsFor, registerFonts } from "./fonts";
import { Head, type Logo } from "./head";
import { Line, TableHead } from "./lines";
import { faint, ink, tableHead, type Given } from "./look";
import { Remarks, Sums } from "./sums";

const margin = 48;

/** The file of an invoice that the actor may see. Needs billing:read; throws NOT_FOUND. */
export async function downloadInvoice(ctx: Ctx, id: string) {
  const invoice = await getInvoice(ctx, id);
  const content = new Uint8Array(await invoicePdf(ctx, invoice));
  return {
    name: `${invoice.number ?? "draft"}.pdf`,
    type: "application/pdf",
    stream: new Blob([content]).stream(),
  };
}

/** An invoice as a PDF, A4, with its fonts embedded. All that people typed stands in it as text. */
export async function invoicePdf(
  ctx: Ctx,
  invoice: StoredInvoice,
): Promise<Buffer> {
  // Loaded with the first one: it is large.
  const kit = await import("@react-pdf/renderer");
  const fonts = fontsFor(JSON.stringify(invoice));
  registerFonts(kit.Font, fonts);
  const logo = await logoOf(ctx);
  return kit.renderToBuffer(
    <Paper kit={kit} invoice={invoice} logo={logo} fonts={fonts} />,
  );
}

// The renderer reads no WebP: such a logo stays on the screen.
async function logoOf(ctx: Ctx): Promise<Logo | null> {
  const logo = await getLogo(ctx);
  if (logo?.type === "image/png") return { data: logo.bytes, format: "png" };
  if (logo?.type === "image/jpeg") return { data: logo.bytes, format: "jpg" };
  return null;
}

function Paper({
  kit,
  invoice,
  logo,
  fonts,
}: Given & { logo: Logo | null; fonts: string[] }) {
  const { Document, Page, View } = kit;
  const { lines, currency } = invoice;
  const last = lines.at(-1);
  // What may be longer than a page must be one that can be parted.
  const isShort = invoice.credit_notes.length <= 10;
  return (
    <Document
      title={invoice.number ?? "Draft"}
      author={invoice.seller?.name ?? ""}
      producer="Tollkeeper"
    >
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
        <View style={{ marginTop: -tableHead }}>
          <Head kit={kit} invoice={invoice} logo={logo} />
        </View>
        <TableHead kit={kit} />
        {lines.slice(0, -1).map((line) => (
          <Line key={line.position} kit={kit} line={line} currency={currency} />
        ))}
        {/* Together, so that no page has the head of the table and no line. */}
        <View wrap={false}>
          {last && <Line kit={kit} line={last} currency={currency} />}
          <Sums kit={kit} invoice={invoice} />
          {isShort && <Remarks kit={kit} invoice={invoice} />}
        </View>
        {!isShort && <Remarks kit={kit} invoice={invoice} />}
        <PageNumber kit={kit} invoice={invoice} />
      </Page>
    </Document>
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
