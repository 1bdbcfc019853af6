/** @typedef {import("./stand.mjs").Stand} Stand */

/**
 * Signs a person in as a browser does.
 * @param {Pick<Stand, "port">} stand
 * @param {Stand["owner"]} person
 * @returns {Promise<string>} the session's cookie
 */
export async function cookieOf({ port }, person) {
  const auth = `http://127.0.0.1:${port}/api/auth`;
  const first = await fetch(`${auth}/csrf`);
  const { csrfToken } = await first.json();
  const answer = await fetch(`${auth}/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookiesOf(first).join("; ") },
    body: new URLSearchParams({ ...person, csrfToken, json: "true" }),
    redirect: "manual",
  });
  const found = cookiesOf(answer).find((pair) => pair.includes("session"));
  if (!found) throw new Error(`Nobody was signed in: ${answer.status}`);
  return found;
}

/**
 * Signs the stand's owner in as a program does.
 * @param {Stand} stand
 * @returns {Promise<string>} the JWT
 */
export async function jwtOfOwner({ call, owner }) {
  const { access_token } = await call("POST", "/auth/login", owner);
  return access_token;
}

/** @param {Response} response */
function cookiesOf(response) {
  return response.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(";")));
}
