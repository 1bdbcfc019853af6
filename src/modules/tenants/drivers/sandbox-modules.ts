const list = (
  name: string,
  title: string,
  summary: string,
  dependsOn: string[] = [],
) => ({ name, title, summary, dependsOn });

/** What can be installed in a tenant of the sandbox. */
export const sandboxModules = [
  list("contacts", "Contacts", "People and companies"),
  list("crm", "CRM", "Leads and opportunities", ["contacts"]),
  list("sales", "Sales", "Quotations and orders", ["contacts"]),
  list("invoicing", "Invoicing", "Invoices and payments", ["contacts"]),
  list("inventory", "Inventory", "Stock and transfers"),
  list("shop", "Online shop", "A website that sells", ["sales", "inventory"]),
];

/** A module and all that it needs, those first; null for an unknown one. */
export function needs(name: string): string[] | null {
  const found = sandboxModules.find((one) => one.name === name);
  if (!found) return null;
  const before = found.dependsOn.flatMap((other) => needs(other) ?? []);
  return [...new Set([...before, name])];
}

/** The modules that need this one, at first or second hand. */
export function neededBy(name: string): string[] {
  return sandboxModules
    .filter((other) => other.name !== name)
    .filter((other) => needs(other.name)?.includes(name))
    .map((other) => other.name);
}
