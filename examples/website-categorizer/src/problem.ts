/** Why a page could not be categorized, as the caller is told. */
export class Problem extends Error {
  constructor(
    /** HTTP status of the answer */
    readonly status: 400 | 404 | 405 | 413 | 422 | 502 | 504,
    readonly type: "input" | "address" | "fetch" | "timeout" | "not_a_page",
    message: string,
  ) {
    super(message);
  }
}
