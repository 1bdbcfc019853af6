import { readAnthropic } from "./anthropic-tokens";
import { readGemini } from "./gemini-tokens";
import { readOpenAi } from "./openai-tokens";

/** Whose answers are read. Many providers answer in OpenAI's shape. */
export type Provider = "openai" | "anthropic" | "gemini";

/** The tokens of one call, as its provider counts and bills them. */
export type TokenUsage = {
  provider: string;
  /** as price books call it: without the date of a snapshot; empty when no answer said */
  model: string;
  // As each provider counts, which the price book knows: OpenAI and Gemini count cached tokens as part
  // of the input and Anthropic beside it; Gemini counts reasoning beside the output.
  /** of the prompt; with Anthropic also what was written to its cache */
  tokens_input: number;
  tokens_output: number;
  /** read from the provider's cache */
  tokens_cached: number;
  tokens_reasoning: number;
  /** input and output: what Tollkeeper's meter `tokens` counts */
  tokens_total: number;
  /** the stream was cut off before it told its counts: they are reckoned from its text */
  is_estimated: boolean;
};

/** What one answer or one event of a stream says of tokens; absent is not said. */
export type Reading = {
  model?: string | undefined;
  input?: number | undefined;
  output?: number | undefined;
  cached?: number | undefined;
  reasoning?: number | undefined;
  /** its text, for reckoning when the counts do not come */
  text?: string | undefined;
  /** the counts are the last ones */
  isFinal?: boolean | undefined;
};

const readers: Record<Provider, (part: unknown) => Reading> = {
  openai: readOpenAi,
  anthropic: readAnthropic,
  gemini: readGemini,
};

/** Four bytes of UTF-8 to a token: OpenAI's rule of thumb for English, too many for most others. */
export function estimateTokens(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).length / 4);
}

/** Counts the tokens of one call: give it the answer, or each event of the stream. Never throws. */
export class TokenCounter {
  readonly #provider: Provider;
  readonly #read: (part: unknown) => Reading;
  #known: Reading = {};
  #textTokens = 0;

  /** @param provider whose way of counting it is */
  constructor(provider: Provider, read = readers[provider]) {
    this.#provider = provider;
    this.#read = read;
  }

  add(part: unknown): void {
    const { text, ...reading } = this.#read(part);
    if (text) this.#textTokens += new TextEncoder().encode(text).length / 4;
    for (const [name, value] of Object.entries(reading))
      if (value !== undefined) Object.assign(this.#known, { [name]: value });
  }

  /** What was counted; null when nothing is known. */
  usage(given: CountedCall = {}): TokenUsage | null {
    const known = this.#known;
    const text = Math.ceil(this.#textTokens);
    const isCounted = known.input !== undefined || known.output !== undefined;
    if (!isCounted && text === 0 && known.model === undefined) return null;
    const isEstimated = !known.isFinal;
    const output = known.output ?? 0;
    const tokens = {
      tokens_input: known.input ?? (isEstimated ? tokensOf(given.prompt) : 0),
      tokens_output: isEstimated ? Math.max(output, text) : output,
      tokens_cached: known.cached ?? 0,
      tokens_reasoning: known.reasoning ?? 0,
    };
    return {
      provider: given.provider ?? this.#provider,
      model: given.model ?? withoutDate(known.model ?? ""),
      ...tokens,
      tokens_total: tokens.tokens_input + tokens.tokens_output,
      is_estimated: isEstimated,
    };
  }
}

/** What is known of a call whatever its answer says. */
export type CountedCall = {
  /** as the price book calls it; who answers unless given */
  provider?: string | undefined;
  /** as the price book calls it; what the answer names, without its date, unless given */
  model?: string | undefined;
  /** the prompt's text or its tokens: used when a stream is cut off before it tells its counts */
  prompt?: string | number | undefined;
};

function tokensOf(prompt: string | number = 0): number {
  return typeof prompt === "string" ? estimateTokens(prompt) : prompt;
}

// gpt-4o-mini-2024-07-18 and claude-sonnet-4-5-20250929 are priced as the model they are.
function withoutDate(model: string): string {
  return model.replace(/-20\d\d-?\d\d-?\d\d$/, "");
}
