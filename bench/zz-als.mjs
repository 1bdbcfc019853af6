import "../scripts/lib/node-version.mjs";
import { runScript, step } from "../scripts/lib/report.mjs";
import { encode } from "./lib/connection.mjs";
import { closedLoop, httpCalls } from "./lib/load.mjs";
import { openStand } from "./lib/stand.mjs";
import { addSubjects, addEverything, EVERYTHING, picker } from "./lib/subjects.mjs";
await runScript(async () => {
  const profile = process.env.PROFILE;
  const stand = await openStand({ ...(profile && { profile }) });
  const full = await step("s", () => addSubjects(stand, { count: 500, name: "full" }));
  await addEverything(stand, full);
  const { port, token } = stand;
  const asked = full.map(({ key }) => encode({ method: "POST", path: "/api/v1/check", token, body: { key, ...EVERYTHING } }));
  const live = encode({ path: "/api/v1/health/live" });
  const run = async (name, next, expects, seconds = 4) => { const { calls, close } = await httpCalls({ port, connections: 64, next, expects }); const m = await closedLoop(calls, { seconds }); close(); const l = m.latencies; console.log(name, m.perSecond.toFixed(0), "p50", l[l.length>>1].toFixed(1), "p99", l[Math.floor(l.length*.99)].toFixed(1)); };
  const all = picker(asked);
  if (process.env.PROFILE) { await run("warm", all, "VALID", 3); await run("check", all, "VALID", 10); return; }
  await run("check, before Next", all, "VALID", 3);
  await run("check, before Next", all, "VALID");
  await run("check, before Next", all, "VALID");
  await run("live", () => live, "ok");
  await run("check, after Next", all, "VALID");
  await run("check, after Next", all, "VALID");
  await run("live", () => live, "ok");
  await run("check, after Next", all, "VALID");
});
