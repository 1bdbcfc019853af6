import { ApiError } from "./call";

/** What to tell of a failed call: the API's own words, and the id to report it by. */
export type Failure = { message: string; requestId: string | undefined };

/** The words for anything that `call` threw. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError)
    return { message: error.message, requestId: error.requestId || undefined };
  return {
    message: "Something went wrong in this page. Reload it and try again.",
    requestId: undefined,
  };
}
