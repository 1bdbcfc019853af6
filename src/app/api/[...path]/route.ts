import { problem } from "@/http/problem";
import { DomainError } from "@/shared/errors";
import { newId } from "@/shared/ids";

// Under a host without our front listener: an API path that is no endpoint still gets JSON.
function unknownPath(): Response {
  const error = new DomainError(
    "NOT_FOUND",
    "There is no endpoint at this path. The list is at /docs.",
  );
  return problem(error, newId("req"));
}

export {
  unknownPath as DELETE,
  unknownPath as GET,
  unknownPath as PATCH,
  unknownPath as POST,
  unknownPath as PUT,
};
