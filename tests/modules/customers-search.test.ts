import { callRoute, type Answer } from "../support/app";
import { useDatabase } from "../support/database";
import { world } from "../support/world";

useDatabase();

let headers: Record<string, string>;
beforeAll(async () => {
  const { everything } = await world();
  headers = { authorization: `Bearer ${everything}` };
  for (const [email, full_name, company_name] of [
    ["kenji@quartz.example", "Kenji Sato", "Northern Quartz"],
    ["aqua@blue.example", "Adele Meier", "Blue Aqueducts"],
    ["plain@example.com", "O_ra 5%", null],
  ])
    await callRoute("customers.create", {
      headers,
      body: { email, full_name, ...(company_name && { company_name }) },
    });
});

const found = async (search: string) => {
  const query = { search, sort_by: "email", sort_order: "asc" };
  const { body }: Answer = await callRoute("customers.list", {
    headers,
    query,
  });
  const emails = body.items.map(({ email }: { email: string }) => email);
  expect(body.total).toBe(emails.length);
  return emails;
};

describe("searching customers", () => {
  test("three letters are found anywhere in a word", async () => {
    expect(await found("art")).toEqual(["kenji@quartz.example"]);
    expect(await found("qua")).toEqual([
      "aqua@blue.example",
      "kenji@quartz.example",
    ]);
  });

  test("one or two letters find the words that begin with them", async () => {
    expect(await found("qu")).toEqual(["kenji@quartz.example"]);
    expect(await found("AQ")).toEqual(["aqua@blue.example"]);
    expect(await found("k")).toEqual(["kenji@quartz.example"]);
    expect(await found("ar")).toEqual([]);
  });

  test("one or two characters that are wildcards of SQL stand for themselves", async () => {
    expect(await found("o_")).toEqual(["plain@example.com"]);
    expect(await found("5%")).toEqual(["plain@example.com"]);
    expect(await found("%")).toEqual([]);
    expect(await found("n_")).toEqual([]);
  });
});
