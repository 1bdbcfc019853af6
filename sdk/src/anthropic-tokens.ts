import { countOf, fieldOf, textOf } from "./shape";
import type { Reading } from "./token-counter";

/**
 * Messages, whole or streamed: `message_start` tells the prompt's tokens, and each `message_delta`
 * those of the whole answer so far. Tokens written to the cache count as input, since they are.
 */
export function readAnthropic(part: unknown): Reading {
  const message = fieldOf(part, "message") ?? part;
  const usage = fieldOf(message, "usage");
  const input = countOf(usage, "input_tokens");
  const written = countOf(usage, "cache_creation_input_tokens") ?? 0;
  const type = textOf(part, "type");
  const isLast = type === "message_delta" || type === "message";
  return {
    model: textOf(message, "model") || undefined,
    input: input === undefined ? undefined : input + written,
    output: countOf(usage, "output_tokens"),
    cached: countOf(usage, "cache_read_input_tokens"),
    text: textOfDelta(fieldOf(part, "delta")),
    isFinal: (isLast && usage !== undefined) || undefined,
  };
}

function textOfDelta(delta: unknown): string {
  return ["text", "thinking", "partial_json"]
    .map((name) => textOf(delta, name))
    .join("");
}
