import { fetchPage } from "./fetch-page";
import { categorizeByKeywords, type Category } from "./keywords";
import { categorizeByModel } from "./model";
import { readPage, type PageText } from "./page-text";
import type { Settings } from "./settings";

export type Result = Category & {
  status: "success";
  domain: string;
  url: string;
  title: string;
  description: string;
  classifier: "model" | "keywords";
  /** true when only the page's first megabyte was read */
  is_truncated: boolean;
};

/** Fetch a page and say what kind of website it is. Throws Problem. */
export async function categorizeWebsite(
  address: string,
  settings: Settings,
): Promise<Result> {
  const page = await fetchPage(address, {
    timeoutMs: settings.fetchTimeoutMs,
    allowPrivateHosts: settings.allowPrivateHosts,
  });
  const text = readPage(page.content);
  return {
    status: "success",
    domain: new URL(page.url).hostname,
    url: page.url,
    title: text.title.slice(0, 300),
    description: text.description.slice(0, 500),
    ...(await classify(text, settings)),
    is_truncated: page.isTruncated,
  };
}

async function classify(
  text: PageText,
  { model }: Settings,
): Promise<Category & Pick<Result, "classifier">> {
  if (model)
    try {
      return { ...(await categorizeByModel(text, model)), classifier: "model" };
    } catch (error) {
      console.warn(
        `The model failed, keywords decide: ${error instanceof Error ? error.message : "no reason given"}`,
      );
    }
  return { ...categorizeByKeywords(text), classifier: "keywords" };
}
