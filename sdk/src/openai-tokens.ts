import { countOf, fieldOf, textOf } from "./shape";
import type { Reading } from "./token-counter";

/**
 * Chat completions, legacy completions, embeddings and the Responses API, whole or streamed. A chat
 * stream tells its counts in its last chunk, when asked with `stream_options.include_usage`.
 */
export function readOpenAi(part: unknown): Reading {
  const answer = fieldOf(part, "response") ?? part; // events of the Responses API carry it
  const usage =
    fieldOf(answer, "usage") ?? fieldOf(fieldOf(part, "x_groq"), "usage");
  const input = either(usage, "prompt_tokens", "input_tokens");
  const output = either(usage, "completion_tokens", "output_tokens");
  return {
    model: textOf(answer, "model") || undefined,
    input,
    output,
    cached: detail(usage, ["prompt", "input"], "cached_tokens"),
    reasoning: detail(usage, ["completion", "output"], "reasoning_tokens"),
    text: textOfPart(part),
    isFinal: input !== undefined || undefined,
  };
}

function either(usage: unknown, ...names: string[]): number | undefined {
  for (const name of names) {
    const found = countOf(usage, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function detail(usage: unknown, sides: string[], name: string) {
  const found = sides.map((side) =>
    countOf(fieldOf(usage, `${side}_tokens_details`), name),
  );
  return found.find((count) => count !== undefined);
}

function textOfPart(part: unknown): string {
  const event = textOf(part, "delta"); // response.output_text.delta and the like
  if (event) return event;
  const choices = fieldOf(part, "choices");
  if (!Array.isArray(choices)) return "";
  return choices.map(textOfChoice).join("");
}

function textOfChoice(choice: unknown): string {
  const delta = fieldOf(choice, "delta") ?? fieldOf(choice, "message");
  const calls = fieldOf(delta, "tool_calls");
  const named = Array.isArray(calls)
    ? calls.map((call) => textOf(fieldOf(call, "function"), "arguments"))
    : [];
  return [
    textOf(choice, "text"), // legacy completions
    textOf(delta, "content"),
    textOf(delta, "reasoning_content"),
    textOf(delta, "refusal"),
    ...named,
  ].join("");
}
