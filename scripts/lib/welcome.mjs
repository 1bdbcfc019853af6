/**
 * @typedef {object} Welcome
 * @property {string} url
 * @property {import("./demo-accounts.mjs").Accounts | null} accounts
 * @property {string | null} setupUrl
 * @property {string} folder
 */

/**
 * What a person needs to begin: address, sign-ins, secrets, a first call.
 * @param {Welcome} welcome
 * @returns {string}
 */
export function describeWelcome({ url, accounts, setupUrl, folder }) {
  const lines = [`  Open           ${url}`];
  if (accounts) {
    const { admin, portal, service_token, api_key } = accounts;
    lines.push(
      `  Staff          ${admin.email}   ${admin.password}`,
      `  Customer       ${portal.email}   ${portal.password}`,
      `  Service token  ${service_token}`,
      `  API key        ${api_key}`,
      "",
      "  May this call pass?",
      `  curl -s ${url}/api/v1/check -H "authorization: Bearer ${service_token}" -H "content-type: application/json" -d '{"key":"${api_key}"}'`,
    );
  } else if (setupUrl) {
    lines.push(`  Set-up         ${setupUrl}`, "  (once, within 24 hours)");
  } else {
    lines.push(
      "  Sign in with the account that you made; the demo knows none.",
    );
  }
  lines.push("", `  Data and logs  ${folder}`);
  return lines.join("\n");
}
