// How long an invoice's PDF takes by its number of lines, and how large it is, over HTTP.
import "../scripts/lib/node-version.mjs";
import { readArguments } from "../scripts/lib/arguments.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { describeMachine } from "./lib/quiet.mjs";
import { openStand } from "./lib/stand.mjs";
import { withSpread } from "./lib/statistics.mjs";
import { print, printTable } from "./lib/table.mjs";

const SIZES = [1, 100, 1_000];

/** @typedef {import("./lib/stand.mjs").Stand} Stand */

await runScript(async () => {
  const { rounds = "3" } = readArguments({
    command: "node bench/invoice-pdf.mjs",
    about: "Measures GET /api/v1/invoices/{id}/pdf. Takes about a minute.",
    options: {
      rounds: { type: "string", value: "number", about: "default 3" },
    },
  });
  const stand = await openStand();
  const ids = await step("Invoices", () => addInvoices(stand));
  print([describeMachine()]);
  // The first one loads the renderer and the fonts.
  await read(stand, ids[0] ?? "");
  const rows = [];
  for (const [i, id] of ids.entries()) {
    const reads = [];
    for (let round = 0; round < Number(rounds); round += 1)
      reads.push(await read(stand, id));
    rows.push([
      `${SIZES[i]} lines`,
      withSpread(
        reads.map(({ seconds }) => seconds),
        2,
      ),
      ((reads[0]?.bytes ?? 0) / 1e6).toFixed(2),
    ]);
  }
  printTable(
    "An invoice as a PDF; median of the rounds (least–greatest)",
    ["what", "seconds", "MB"],
    rows,
  );
});

/** @param {Stand} stand @returns {Promise<string[]>} open invoices of so many lines */
async function addInvoices({ call }) {
  const { id: customer_id } = await call("POST", "/customers", {
    email: "pdf@bench.example",
    full_name: "Paper",
  });
  const ids = [];
  for (const size of SIZES) {
    const lines = Array.from({ length: size }, (_, i) => ({
      description: `Calls of key sk_live_${i}, above the allowance`,
      ...{ quantity: String(1_000 + i), unit_price: "0.0125" },
    }));
    const { id } = await call("POST", "/invoices", { customer_id, lines });
    await call("POST", `/invoices/${id}/finalize`);
    ids.push(id);
  }
  return ids;
}

/** @param {Stand} stand @param {string} id */
async function read({ port, token }, id) {
  const startedAt = performance.now();
  const response = await fetch(
    `http://127.0.0.1:${port}/api/v1/invoices/${id}/pdf`,
    { headers: { authorization: `Bearer ${token}` } },
  );
  const { byteLength } = await response.arrayBuffer();
  if (!response.ok) throw new Error(`The PDF: ${response.status}`);
  const seconds = (performance.now() - startedAt) / 1000;
  return { seconds, bytes: byteLength };
}
