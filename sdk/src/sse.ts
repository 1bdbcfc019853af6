const mostLength = 16_000_000;

/** Takes the bytes of a body as they come, and tells of the JSON in it. */
export type BodyReader = { take(chunk: unknown): void; end(): void };

/** Reads an answer's body: the data of server-sent events, or one JSON text at its end. */
export function bodyReader(
  contentType: string,
  onJson: (value: unknown) => void,
): BodyReader {
  return contentType.startsWith("text/event-stream")
    ? eventReader(onJson)
    : jsonReader(onJson);
}

// https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
function eventReader(onJson: (value: unknown) => void): BodyReader {
  const decoder = new TextDecoder();
  let rest = "";
  let data: string[] = [];
  const line = (text: string) => {
    if (text.startsWith("data:")) data.push(text.slice(5));
    if (text !== "") return;
    parse(data.join("\n"), onJson);
    data = [];
  };
  return {
    take(chunk) {
      const lines = (rest + decode(decoder, chunk)).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      if (rest.length > mostLength) rest = "";
      lines.forEach(line);
    },
    end() {
      for (const text of [rest, ""]) line(text.replace(/\r$/, ""));
    },
  };
}

function jsonReader(onJson: (value: unknown) => void): BodyReader {
  const decoder = new TextDecoder();
  let text = "";
  return {
    take(chunk) {
      if (text.length <= mostLength) text += decode(decoder, chunk);
    },
    end: () =>
      parse(text, (value) => {
        // Gemini streams an array of answers when it is not asked for events.
        for (const answer of [value].flat()) onJson(answer);
      }),
  };
}

function decode(decoder: TextDecoder, chunk: unknown): string {
  if (typeof chunk === "string") return chunk;
  return chunk instanceof Uint8Array
    ? decoder.decode(chunk, { stream: true })
    : "";
}

function parse(text: string, onJson: (value: unknown) => void): void {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed === "[DONE]") return;
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return; // no answer of a model, so it tells no counts
  }
  onJson(value);
}
