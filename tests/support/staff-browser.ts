import type { Browser, BrowserContext, Page } from "playwright-core";
import type { StaffRole } from "@/shared/permissions";
import { launchBrowser } from "./browser";
import { complaints, settle } from "./page-promises";
import { startServer, type AppServer } from "./server";
import { world, type World } from "./world";

type ContextOptions = NonNullable<Parameters<Browser["newContext"]>[0]>;

/** A server, a browser and an owner who is signed in; a fresh page for each test. */
export type StaffBrowser = {
  readonly server: AppServer;
  readonly world: World;
  readonly page: Page;
  /** what the page has complained of so far */
  readonly complained: string[];
  /** a window of another person; the caller closes it */
  contextOf(role: StaffRole, options?: ContextOptions): Promise<BrowserContext>;
  /** opens a path and waits until it has settled */
  visit(path: string): Promise<void>;
};

/**
 * Starts all of it before the tests of a `describeInBrowser`, and ends it after them.
 * @param settings of the server's environment, beside the test's
 */
export function useStaffBrowser(
  settings: Record<string, string> = {},
): StaffBrowser {
  let server: AppServer;
  let browser: Browser;
  let w: World;
  let context: BrowserContext;
  let page: Page;
  let complained: string[];

  async function contextOf(role: StaffRole, options: ContextOptions = {}) {
    const made = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    made.setDefaultTimeout(30_000); // what does not come then, does not come
    const [name = "", value = ""] = (await w.staffCookie(role)).split("=");
    await made.addCookies([{ name, value, url: server.url }]);
    return made;
  }

  beforeAll(async () => {
    server = await startServer(settings);
    browser = await launchBrowser();
    w = await world();
    context = await contextOf("owner");
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    page = await context.newPage();
    complained = complaints(page);
  });
  afterEach(() => page.close());

  return {
    get server() {
      return server;
    },
    get world() {
      return w;
    },
    get page() {
      return page;
    },
    get complained() {
      return complained;
    },
    contextOf,
    async visit(path) {
      await page.goto(server.url + path);
      await settle(page);
    },
  };
}

/** Waits up to 15 s for what `read` gives to be `wanted`. */
export async function expectSoon<T>(
  read: () => Promise<T>,
  wanted: T,
): Promise<void> {
  const deadline = Date.now() + 15_000;
  let found = await read();
  while (
    JSON.stringify(found) !== JSON.stringify(wanted) &&
    Date.now() < deadline
  ) {
    await new Promise((resume) => setTimeout(resume, 100));
    found = await read();
  }
  expect(found).toEqual(wanted);
}
