/**
 * The API key of a request: `authorization: Bearer …`, else `x-api-key`. A key in the URL is not
 * read, since URLs end up in logs.
 */
export function keyOf(
  header: (name: string) => string | undefined,
): string | undefined {
  const [, bearer] =
    /^Bearer +(\S+)$/i.exec(trimmed(header("authorization"))) ?? [];
  return bearer ?? (trimmed(header("x-api-key")) || undefined);
}

function trimmed(value: string | undefined): string {
  return value?.trim() ?? "";
}
