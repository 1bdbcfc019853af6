import path from "node:path";
import type { Font } from "@react-pdf/renderer";
import { singleton } from "@/platform/singleton";

// Noto Sans in files by script, Vazirmatn for the Arabic one (the renderer loses letters that Noto
// Sans Arabic draws in parts). They are embedded as subsets, so that a bill looks the same
// everywhere; large ones are read only where their script occurs.
const scripts: { name: string; needs: RegExp }[] = [
  { name: "vietnamese", needs: /[\u1EA0-\u1EF9\u20AB]/u },
  { name: "cyrillic", needs: /\p{Script=Cyrillic}/u },
  { name: "greek", needs: /\p{Script=Greek}/u },
  { name: "devanagari", needs: /\p{Script=Devanagari}/u },
  { name: "arabic", needs: /\p{Script=Arabic}/u },
  { name: "hebrew", needs: /\p{Script=Hebrew}/u },
  { name: "thai", needs: /\p{Script=Thai}/u },
  { name: "korean", needs: /\p{Script=Hangul}/u },
  { name: "japanese", needs: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
  { name: "chinese", needs: /\p{Script=Han}/u },
];
const latin = ["latin", "latin-ext"];

/** The fonts that a text needs, the first that has a letter before the next. */
export function fontsFor(text: string): string[] {
  const others = scripts.filter(({ needs }) => needs.test(text));
  return [...latin, ...others.map(({ name }) => name)];
}

/** Tell the renderer where the fonts are; it reads each when it is first used. */
export function registerFonts(font: typeof Font): void {
  singleton("pdf-fonts", () => {
    for (const name of [...latin, ...scripts.map((script) => script.name)])
      font.register({ family: name, src: file(name) });
    for (const name of latin)
      font.register({
        family: name,
        src: file(`${name}-bold`),
        fontWeight: 600,
      });
    // Words are kept whole: an id or a number that is broken reads as another one.
    font.registerHyphenationCallback((word) => [word]);
    return true;
  });
}

function file(name: string): string {
  return path.join(process.cwd(), "public", "fonts", `${name}.woff`);
}

/** Whether a text reads from right to left: its first letter says so. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first);
}
