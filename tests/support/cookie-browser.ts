/** Enough of a browser for signing in: keeps cookies for each host, and follows no redirect by itself. */
export class CookieBrowser {
  private readonly jars = new Map<string, Map<string, string>>();

  constructor(readonly home: string) {}

  async get(to: string, headers: Record<string, string> = {}) {
    return this.send(to, { headers });
  }

  /** As next-auth's client does: with the token that it was given against forged requests. */
  async post(path: string, fields: Record<string, string>) {
    const { csrfToken } = await (await this.get("/api/auth/csrf")).json();
    const body = new URLSearchParams({ ...fields, csrfToken, json: "true" });
    const answer = await this.send(path, { method: "POST", body });
    const { url = "" } = (await answer.json().catch(() => ({}))) as {
      url?: string;
    };
    return { status: answer.status, url };
  }

  /** Goes where it is sent until it is sent nowhere else. Answers the last address. */
  async follow(to: string): Promise<string> {
    let here = new URL(to, this.home);
    for (let hops = 0; hops < 10; hops += 1) {
      const answer = await this.get(here.href);
      const next = answer.headers.get("location");
      if (next === null) return here.href;
      here = new URL(next, here);
    }
    throw new Error(`Sent round in circles at ${here.href}`);
  }

  /** The session's cookie, as a header. */
  cookies(): string {
    return this.header(new URL(this.home).host);
  }

  private async send(to: string, init: RequestInit): Promise<Response> {
    const url = new URL(to, this.home);
    const answer = await fetch(url, {
      ...init,
      redirect: "manual",
      headers: { ...init.headers, cookie: this.header(url.host) },
    });
    const jar = this.jars.get(url.host) ?? new Map<string, string>();
    this.jars.set(url.host, jar);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const [name = "", ...value] = pair.split("=");
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value.join("="));
    }
    return answer;
  }

  private header(host: string): string {
    const jar = this.jars.get(host) ?? new Map<string, string>();
    return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}
