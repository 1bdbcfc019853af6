import type { Page } from "playwright-core";

/** What has the focus, as a screen reader would call it. */
export type Focused = {
  name: string;
  /** the name of the dialog that it is in */
  dialog: string | null;
};

/** What has the focus now. */
export function focused(page: Page): Promise<Focused> {
  return page.evaluate(() => {
    const nameOf = (element: Element | null): string => {
      if (!element) return "";
      const by = element.getAttribute("aria-labelledby");
      const named = by
        ?.split(" ")
        .map((id) => document.getElementById(id)?.textContent ?? "")
        .join(" ");
      const labels =
        element instanceof HTMLInputElement ? element.labels : undefined;
      return (
        element.getAttribute("aria-label") ??
        named ??
        labels?.[0]?.textContent ??
        (element as HTMLElement).innerText ??
        ""
      )
        .replace(/\s+/g, " ")
        .trim();
    };
    const element = document.activeElement;
    const dialog = element?.closest("[role=dialog], [role=alertdialog]");
    return {
      name: element === document.body ? "" : nameOf(element),
      dialog: dialog ? nameOf(dialog) : null,
    };
  });
}

/** Presses Tab until what is called so has the focus; its whole name. */
export async function tabTo(page: Page, name: RegExp): Promise<string> {
  const met: string[] = [];
  for (let stop = 0; stop < 250; stop += 1) {
    await page.keyboard.press("Tab");
    const { name: found } = await focused(page);
    if (name.test(found)) return found;
    met.push(found);
  }
  throw new Error(`Tab never came to ${name}, but to:\n${met.join("\n")}`);
}

type Stop = { what: string; index: number; flaws: string[] };

/**
 * Presses Tab through a whole page, once round, and says what is wrong with a stop: that nothing shows where the
 * focus is, that it is out of sight, or smaller than a finger wants.
 */
export async function focusFlaws(page: Page): Promise<string[]> {
  const found = new Set<string>();
  let last = -1;
  for (let stop = 0; stop < 400; stop += 1) {
    await page.keyboard.press("Tab");
    const { what, index, flaws } = await page.evaluate(inspect);
    if (index < last) return [...found];
    last = index;
    for (const flaw of flaws) found.add(`${what}: ${flaw}`);
  }
  return [...found, "Tab never came round"];
}

// Runs in the page.
function inspect(): Stop {
  const element = document.activeElement;
  const all = [...document.querySelectorAll("*")];
  if (!element || element === document.body)
    return { what: "body", index: -2, flaws: [] };
  const index = all.indexOf(element);
  const what = `${element.tagName} ${(element.getAttribute("aria-label") ?? (element as HTMLElement).innerText ?? "").slice(0, 40)}`;
  const shows = (one: Element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
  };
  // A field's ring is round the field, a box's round its mark.
  const round = [
    element,
    ...element.querySelectorAll("*"),
    element.parentElement,
    element.parentElement?.parentElement,
    ...(element.closest("label, [data-rac]")?.querySelectorAll("*") ?? []),
  ].filter((one): one is Element => Boolean(one));
  const box = (element.closest("label") ?? element).getBoundingClientRect();
  const isInline =
    element.tagName === "A" && getComputedStyle(element).display === "inline";
  const isSkip = element.getAttribute("href") === "#content";
  const flaws = [
    ...(round.some(shows) ? [] : ["nothing shows the focus"]),
    ...(box.right > innerWidth + 1 || box.left < -1 || box.bottom < 0
      ? ["the focus is out of sight"]
      : []),
    ...(isInline || isSkip || (box.width >= 23.5 && box.height >= 23.5)
      ? []
      : [`${Math.round(box.width)} × ${Math.round(box.height)} px`]),
    ...(document.documentElement.scrollWidth > innerWidth
      ? ["the page scrolls sideways"]
      : []),
  ];
  return { what, index, flaws };
}
