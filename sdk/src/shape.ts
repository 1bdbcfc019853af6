// What values of unknown origin are, told by their shape: frameworks and provider SDKs bring
// classes of their own, and this package depends on none of them.

/** A field of anything; undefined where there is none. */
export function fieldOf(value: unknown, name: PropertyKey): unknown {
  return isObject(value) && name in value
    ? Reflect.get(value, name)
    : undefined;
}

/** A text field; empty where there is none. */
export function textOf(value: unknown, name: string): string {
  const field = fieldOf(value, name);
  return typeof field === "string" ? field : "";
}

/** A count; undefined where there is none. */
export function countOf(value: unknown, name: string): number | undefined {
  const field = fieldOf(value, name);
  return typeof field === "number" && field >= 0 ? field : undefined;
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

export function isFetchRequest(value: unknown): value is Request {
  return (
    isObject(value) &&
    "url" in value &&
    typeof fieldOf(fieldOf(value, "headers"), "get") === "function"
  );
}

export function isFetchResponse(value: unknown): value is Response {
  return (
    isObject(value) &&
    "status" in value &&
    typeof fieldOf(fieldOf(value, "headers"), "get") === "function"
  );
}

export function isAsyncIterable(
  value: unknown,
): value is AsyncIterable<unknown> {
  return typeof fieldOf(value, Symbol.asyncIterator) === "function";
}

/** AbortError of fetch, APIUserAbortError of the providers' SDKs. */
export function isAbort(error: unknown): boolean {
  const name =
    textOf(error, "name") + textOf(fieldOf(error, "constructor"), "name");
  return /abort/i.test(name);
}
