// What providers answer, as far as tokens go.

export const openAiUsage = {
  ...{ prompt_tokens: 10, completion_tokens: 4, total_tokens: 14 },
  prompt_tokens_details: { cached_tokens: 3 },
  completion_tokens_details: { reasoning_tokens: 2 },
};
export const model = "gpt-4o-mini-2024-07-18";
export const openAiStream = [
  { model, choices: [{ delta: { role: "assistant", content: "" } }] },
  { model, choices: [{ delta: { content: "0123456789" } }] },
  { model, choices: [{ delta: { content: "01" }, finish_reason: "stop" }] },
  { model, choices: [], usage: openAiUsage },
];
export const responsesUsage = {
  ...{ input_tokens: 20, output_tokens: 7 },
  input_tokens_details: { cached_tokens: 5 },
  output_tokens_details: { reasoning_tokens: 1 },
};
export const anthropicStart = {
  type: "message_start",
  message: {
    model: "claude-haiku-4-5-20251001",
    usage: {
      ...{ input_tokens: 12, output_tokens: 1 },
      ...{ cache_read_input_tokens: 100, cache_creation_input_tokens: 8 },
    },
  },
};
export const anthropicText = {
  type: "content_block_delta",
  delta: { type: "text_delta", text: "0123456789012345" },
};
export const geminiChunk = {
  modelVersion: "gemini-2.5-flash",
  candidates: [{ content: { parts: [{ text: "yo" }] } }],
  usageMetadata: { promptTokenCount: 6, candidatesTokenCount: 1 },
};
