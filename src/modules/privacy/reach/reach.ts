/**
 * How a table reaches a customer. Conditions are SQL over `t`, a row of it; in them stand
 * `:customer` (a UUID), `:people` (UUIDs), `:id` (the public id), `:emails`, and the patterns `:words`
 * (what only this customer is called) and `:refs` (its names at payment providers).
 */
export type Reach = {
  /** what it holds, for whoever reads an export */
  about: string;
  /** which rows are the customer's */
  of: string;
  export: Exported | { none: string };
  erase: Erased;
  /** columns of what stays whose words the law wants kept */
  legal?: readonly string[];
  /** columns that only the program writes, by lists of its own */
  codes?: readonly string[];
};

export type Exported = {
  /** columns that are not given: secrets, hashes, what others wrote for themselves */
  withheld?: readonly string[];
  /** columns that are given otherwise */
  as?: Readonly<Record<string, string>>;
  /** rows that only the export holds that staff make; all when it is "true" */
  staffOnly?: string;
  /** `long`: an index gives the rows in the order of the key. `scan`: none finds them at all */
  size?: "long" | "scan";
  /** what tells rows apart, where there is no primary key */
  key?: readonly string[];
};

/**
 * What an erasure does: delete the rows, leave that to the row they hang on, keep them, or set
 * columns. `usage` and `audit` have an act of their own.
 */
export type Erased =
  "delete" | "cascade" | "keep" | "usage" | "audit" | Readonly<SetColumns>;

type SetColumns = { set: Readonly<Record<string, string>>; where?: string };

export const ofCustomer = "t.customer_id = :customer";

/** Rows that hang on a row of the customer's. */
export const ofParent = (table: string, column: string) =>
  `t.${column} IN (SELECT id FROM ${table} WHERE customer_id = :customer)`;
