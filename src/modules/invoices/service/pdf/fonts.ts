import fs from "node:fs";
import path from "node:path";
import type { Font } from "@react-pdf/renderer";
import { singleton } from "@/platform/singleton";
import { unpackWoff } from "./woff";

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

/** Give the renderer these fonts, each once. */
export function registerFonts(font: typeof Font, names: string[]): void {
  const known = singleton("pdf-fonts", () => {
    // Words are kept whole: an id or a number that is broken reads as another one.
    font.registerHyphenationCallback((word) => [word]);
    return new Set<string>();
  });
  for (const name of names) {
    if (known.has(name)) continue;
    font.register({ family: name, src: read(name) });
    if (latin.includes(name))
      font.register({
        family: name,
        src: read(`${name}-bold`),
        fontWeight: 600,
      });
    known.add(name);
  }
}

function read(name: string): string {
  const file = path.join(process.cwd(), "public", "fonts", `${name}.woff`);
  const font = unpackWoff(fs.readFileSync(file));
  return `data:font/ttf;base64,${font.toString("base64")}`;
}

/** Whether a text reads from right to left: its first letter says so. */
export function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(first);
}
