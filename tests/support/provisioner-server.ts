import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { onLoopback } from "./loopback";

/** The secret's bytes, which sign what goes either way. */
export const provisionerKey = Buffer.alloc(32, 7);

export type Asked = {
  type: string;
  tenant: { id: string; ref: string };
  module?: string;
  backup?: string;
  call?: { id: string; url: string };
};

type Answer = [status: number, said: object];

/** A provisioner of a seller's own on loopback; the environment of the test names it. */
export async function startProvisioner() {
  const key = provisionerKey;
  const asked: Asked[] = [];
  const ids: string[] = [];
  const made = new Map<string, Set<string>>();
  /** of these types it calls back; what it does before it answers */
  const later = new Map<string, (asked: Asked) => Promise<unknown>>();
  const state = { busy: 0 };
  const server = await onLoopback(
    createServer((request, response) => {
      let body = "";
      request.on("data", (piece) => (body += String(piece)));
      request.on("end", () => {
        void answer(request.headers, body).then(([status, said]) => {
          const isFile = Buffer.isBuffer(said);
          response
            .writeHead(status, {
              "content-type": isFile ? "application/zip" : "application/json",
            })
            .end(isFile ? said : JSON.stringify(said));
        });
      });
    }),
  );
  Object.assign(process.env, {
    PROVISIONER_URL: `${server.url}/tenants`,
    PROVISIONER_SECRET: `whsec_${key.toString("base64")}`,
    OUTBOUND_PRIVATE_HOSTS: "127.0.0.1",
  });

  async function answer(
    headers: Record<string, unknown>,
    body: string,
  ): Promise<Answer> {
    const [status, said] = reply(headers, body);
    const last = asked.at(-1);
    const work = last && later.get(last.type);
    if (status !== 200 || !work) return [status, said];
    await work(last);
    return [202, { calls_back: true }];
  }

  function reply(headers: Record<string, unknown>, body: string): Answer {
    const [id, at] = [
      String(headers["webhook-id"]),
      String(headers["webhook-timestamp"]),
    ];
    const signature = createHmac("sha256", key)
      .update(`${id}.${at}.${body}`)
      .digest("base64");
    const isFresh = Math.abs(Number(at) * 1_000 - Date.now()) < 5 * 60_000;
    if (headers["webhook-signature"] !== `v1,${signature}` || !isFresh)
      return [401, { error: "bad signature" }];
    const wanted = JSON.parse(body) as Asked;
    asked.push(wanted);
    ids.push(id);
    if (state.busy > 0 && wanted.type === "tenant.create") {
      state.busy -= 1;
      return [202, {}];
    }
    return act(wanted);
  }

  function act({ type, tenant, module = "" }: Asked): Answer {
    const modules = made.get(tenant.ref);
    switch (type) {
      case "tenant.exists":
        return [200, { exists: modules !== undefined }];
      case "tenant.create":
        made.set(tenant.ref, modules ?? new Set());
        return [200, {}];
      case "tenant.install_module":
        if (module === "nothing") return [422, { error: "no such module" }];
        modules?.add(module);
        return [200, {}];
      case "tenant.list_modules":
        return [
          200,
          {
            modules: [
              {
                name: "shop",
                title: "Shop",
                is_installed: modules?.has("shop") ?? false,
              },
            ],
          },
        ];
      case "tenant.usage":
        return [200, { users: 3, storage_bytes: 42 }];
      case "tenant.backup":
        return [200, { bytes: 7 }];
      case "tenant.read_backup":
        return [200, Buffer.from("PK\u0003\u0004 the whole of it")];
      case "tenant.drop":
        made.delete(tenant.ref);
        return [200, {}];
      default:
        return [200, {}];
    }
  }

  const { close } = server;
  return { asked, ids, made, later, state, close };
}

export type Provisioner = Awaited<ReturnType<typeof startProvisioner>>;
