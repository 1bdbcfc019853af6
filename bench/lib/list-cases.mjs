/**
 * What is asked of lists and summaries, by name; paths under /api/v1.
 * @param {{ customer: string, customers: number, plans: Map<string, string> }} database `customer`:
 *   one with much usage; `customers`: how many there are; `plans`: ids by code
 * @returns {Record<string, string>}
 */
export function listCases({ customer, customers, plans }) {
  const pages = Math.ceil(customers / 20);
  const ago = (/** @type {number} */ days) =>
    new Date(Date.now() - days * 86_400_000).toISOString();
  const list = (/** @type {Record<string, string | number>} */ query) =>
    `/customers?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))}`;
  const plan = (/** @type {string} */ code) => String(plans.get(code));
  return {
    "first page": list({}),
    "first page of 100": list({ per_page: 100 }),
    "page 500": list({ page: 500 }),
    "the middle page": list({ page: Math.ceil(pages / 2) }),
    "the last page": list({ page: pages }),
    "status suspended (5 %)": list({ status: "suspended" }),
    "status active, middle page": list({
      status: "active",
      page: Math.ceil(pages * 0.45),
    }),
    "search, frequent (northern)": list({ search: "northern" }),
    "search, everyone (user)": list({ search: "user" }),
    "search, rare (user4242@)": list({ search: "user4242@" }),
    "search, two words (blue labs)": list({ search: "blue labs" }),
    "search, no match": list({ search: "zzyzx" }),
    "search, two letters (ad)": list({ search: "ad" }),
    "search, two letters, none (q9)": list({ search: "q9" }),
    "search, frequent, by name": list({ search: "northern", sort_by: "name" }),
    "search, frequent, suspended": list({
      search: "northern",
      status: "suspended",
    }),
    "by name": list({ sort_by: "name", sort_order: "asc" }),
    "by name, page 500": list({
      sort_by: "name",
      sort_order: "asc",
      page: 500,
    }),
    "by balance": list({ sort_by: "balance" }),
    "by revenue": list({ sort_by: "revenue" }),
    "by email": list({ sort_by: "email", sort_order: "asc" }),
    "by status": list({ sort_by: "status", sort_order: "asc" }),
    "created in the last 30 days": list({ "created[gte]": ago(30) }),
    "created 30 days, 400 days ago": list({
      "created[gte]": ago(430),
      "created[lte]": ago(400),
    }),
    "created in the last 30 days, by name": list({
      "created[gte]": ago(30),
      sort_by: "name",
    }),
    "tag of half": list({ tag: "newsletter" }),
    "tag of 1 %, by revenue": list({ tag: "reseller", sort_by: "revenue" }),
    "tag of the oldest 10,000": list({ tag: "founder" }),
    "tag of a few, suspended": list({ tag: "press", status: "suspended" }),
    "tag of nobody": list({ tag: "nothing" }),
    "plan of a quarter": list({ plan: plan("starter") }),
    "plan of a quarter, by name": list({
      plan: plan("starter"),
      sort_by: "name",
      sort_order: "asc",
    }),
    "plan of 1 %": list({ plan: plan("business") }),
    "plan of 1 %, by revenue": list({
      plan: plan("business"),
      sort_by: "revenue",
    }),
    "plan of a few": list({ plan: plan("enterprise") }),
    "plan of a quarter, tag of 1 %": list({
      plan: plan("starter"),
      tag: "reseller",
    }),
    "balance above 0 (a few)": list({ "balance[gte]": 1 }),
    "access has ended": list({ expires: "expired", sort_by: "expires_at" }),
    "access ends soon": list({ expires: "soon", sort_by: "expires_at" }),
    stats: "/customers/stats",
    overview: "/reports/overview",
    "one customer": `/customers/${customer}`,
    "usage of a customer": `/customers/${customer}/usage`,
    "usage by the hour and endpoint": `/customers/${customer}/usage/trends?interval=hour&group_by=endpoint`,
    "keys, first page": "/keys",
    "keys, page 500": "/keys?page=500",
    "keys of a customer": `/customers/${customer}/keys`,
  };
}
