import { countOf, fieldOf, textOf } from "./shape";
import type { Reading } from "./token-counter";

/**
 * generateContent, whole or streamed: each chunk tells the counts so far. Thoughts are counted beside
 * the candidates.
 */
export function readGemini(part: unknown): Reading {
  const usage = fieldOf(part, "usageMetadata");
  const prompt = countOf(usage, "promptTokenCount");
  const tools = countOf(usage, "toolUsePromptTokenCount") ?? 0;
  const thoughts = countOf(usage, "thoughtsTokenCount");
  const candidates = countOf(usage, "candidatesTokenCount");
  const parts = candidatesOf(part);
  const isDone = parts.some(({ reason }) => reason !== "");
  return {
    model: textOf(part, "modelVersion") || undefined,
    input: prompt === undefined ? undefined : prompt + tools,
    output: candidates,
    cached: countOf(usage, "cachedContentTokenCount"),
    reasoning: thoughts,
    text: parts.map(({ text }) => text).join(""),
    isFinal: (isDone && usage !== undefined) || undefined,
  };
}

function candidatesOf(part: unknown): { reason: string; text: string }[] {
  const candidates = fieldOf(part, "candidates");
  if (!Array.isArray(candidates)) return [];
  return candidates.map((candidate: unknown) => {
    const parts = fieldOf(fieldOf(candidate, "content"), "parts");
    const texts = Array.isArray(parts)
      ? parts.map((piece) => textOf(piece, "text"))
      : [];
    return { reason: textOf(candidate, "finishReason"), text: texts.join("") };
  });
}
