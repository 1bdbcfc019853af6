import { categories, unknownCategory } from "./categories";
import type { PageText } from "./page-text";

export type Category = {
  category: string;
  /** 0 to 1: how far it is ahead of the others, and how much speaks for it */
  confidence: number;
  /** the words that led to it, the strongest first; `recip*` is any that starts so */
  keywords: string[];
};

// Words where they are few tell more.
const fieldWeights = {
  title: 4,
  description: 3,
  headings: 2,
  text: 1,
} as const;

const mostRepeats = 3; // in one field: a word that is everywhere tells no more
const mostCharacters = 200_000;
const leastScore = 8; // less is chance

/** Categorize a page by the weighted words in its title, description, headings and text. */
export function categorizeByKeywords(page: PageText): Category {
  const scores = scoresOf(page);
  const ranked = [...scores.entries()]
    .map(([category, words]) => ({ category, words, total: sum(words) }))
    .sort((a, b) => b.total - a.total);
  const [best, second] = ranked;
  if (!best || best.total < leastScore)
    return { category: unknownCategory, confidence: 0, keywords: [] };
  const strongest = [...best.words].sort(([, a], [, b]) => b - a);
  return {
    category: best.category,
    confidence: confidenceOf(best.total, second?.total ?? 0),
    keywords: strongest.slice(0, 8).map(([word]) => word),
  };
}

type Term = { category: string; weight: number };

/** Each word, phrase and starred stem, and what it speaks for. */
const terms = new Map<string, Term[]>();
for (const [category, words] of Object.entries(categories))
  for (const [weight, list] of Object.entries(words))
    for (const term of list.split(", ")) {
      const others = terms.get(term) ?? [];
      terms.set(term, [...others, { category, weight: Number(weight) }]);
    }

/** Per category, the terms found and their points. */
function scoresOf(page: PageText): Map<string, Map<string, number>> {
  const scores = new Map<string, Map<string, number>>();
  for (const [field, fieldWeight] of Object.entries(fieldWeights)) {
    const text = page[field as keyof PageText]; // Safe: the weights name its fields.
    for (const [found, times] of countTerms(text.slice(0, mostCharacters)))
      for (const { category, weight } of terms.get(found) ?? []) {
        const points = Math.min(times, mostRepeats) * weight * fieldWeight;
        const words = scores.get(category) ?? new Map<string, number>();
        words.set(found, (words.get(found) ?? 0) + points);
        scores.set(category, words);
      }
  }
  return scores;
}

function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  for (let at = 0; at < words.length; at++)
    for (const term of termsAt(words, at))
      counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** The terms that begin at a word: itself, its stem, and phrases of up to four words. */
function termsAt(words: string[], at: number): Set<string> {
  const found = new Set<string>();
  let phrase = "";
  for (const word of words.slice(at, at + 4)) {
    phrase += (phrase && " ") + word;
    for (const form of [phrase, phrase.replace(/s$/, "")])
      if (terms.has(form)) found.add(form);
  }
  const [word = ""] = words.slice(at, at + 1);
  for (let end = 4; end <= Math.min(word.length, 20); end++) {
    const stem = `${word.slice(0, end)}*`;
    if (terms.has(stem)) found.add(stem);
  }
  return found;
}

function sum(words: Map<string, number>): number {
  return [...words.values()].reduce((total, points) => total + points, 0);
}

// Half for the lead over the next one, half for having enough words at all.
function confidenceOf(best: number, second: number): number {
  const lead = (best - second) / best;
  const substance = Math.min(1, best / 60);
  return Math.round((lead + substance) * 50) / 100;
}
