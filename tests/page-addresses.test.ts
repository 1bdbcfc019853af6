import { readdirSync } from "node:fs";
import { pageAddresses } from "./support/page-addresses";

// Pages of which nothing is to be seen: one sends on to another, two say what is not there.
const unseen = ["customers/new", "[...missing]", "portal/[...missing]"];

test("every page is one of those that are visited, in both themes and at all widths", () => {
  const id = "some_id";
  const visited = pageAddresses({
    ...{ customer: id, plan: id, subscription: id, invoice: id },
    ...{ draftInvoice: id, license: id, ownLicense: id, payToken: id },
    ...{ checkout: id, sandboxSession: id, ownInvoice: id },
    ...{ ticket: id, ownTicket: id },
    ...{ checkout: id, sandboxSession: id, tenant: id, ownTenant: id },
    invitation: { page: "/invitation?token=a", mail: "/dev/mail/some_id" },
  }).map(({ at }) => at.replace(/^\/|\?.*$/g, ""));
  const pages = readdirSync("src/app", {
    recursive: true,
    encoding: "utf8",
  }).flatMap((file) =>
    /(^|\/)page\.tsx$/.test(file)
      ? [
          file
            .replace(/\/?page\.tsx$/, "")
            .replace(/\([^)]*\)\/?/g, "")
            .replace(/\/$/, ""),
        ]
      : [],
  );
  const isVisited = (page: string) => {
    const pattern = page.replace(/\[[^\]]+\]/g, "[^/]+");
    return visited.some((at) => new RegExp(`^${pattern}$`).test(at));
  };
  expect(pages.length).toBeGreaterThan(70);
  expect(
    pages.filter((page) => !unseen.includes(page) && !isVisited(page)),
  ).toEqual([]);
});
