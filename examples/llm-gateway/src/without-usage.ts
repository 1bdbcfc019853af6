/**
 * A stream of OpenAI's events without its last chunk, the one with the counts and no choices: only
 * the gateway asked for it, and clients that did not may stumble over it.
 */
export async function* withoutUsage(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunksOf(stream)) {
    const events = (rest + decoder.decode(chunk, { stream: true })).split(
      /(?<=\r?\n\r?\n)/,
    );
    rest = events.pop() ?? "";
    // The last piece is whole if it ends an event.
    if (/\n\r?\n$/.test(rest)) {
      events.push(rest);
      rest = "";
    }
    const kept = events.filter((event) => !isUsage(event)).join("");
    if (kept) yield kept;
  }
  if (rest && !isUsage(rest)) yield rest;
}

/** The chunks of a stream, which is given up when its reader leaves. */
export async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => {});
  }
}

function isUsage(event: string): boolean {
  return /^data: *\{/.test(event) && /"choices": *\[\]/.test(event);
}
