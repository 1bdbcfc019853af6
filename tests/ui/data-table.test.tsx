import { act, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import type { Column } from "@/ui/table/columns";
import { DataTable, type Sort } from "@/ui/table/data-table";

const push = jest.fn();
jest.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

type Row = { id: string; name: string; revenue: number };

const rows: Row[] = [
  { id: "cus_1", name: "Acme", revenue: 100 },
  { id: "cus_2", name: "Kitewire", revenue: 50 },
  { id: "cus_3", name: "Lumen", revenue: 0 },
];

const columns: Column<Row>[] = [
  { id: "name", header: "Customer", isSortable: true, cell: (row) => row.name },
  {
    id: "revenue",
    header: "Revenue",
    align: "right",
    isSortable: true,
    descFirst: true,
    cell: (row) => row.revenue,
  },
  { id: "id", header: "ID", isHidden: true, cell: (row) => row.id },
];

const asked = jest.fn<void, [Sort | null]>();

beforeEach(() => {
  localStorage.clear();
  asked.mockClear();
  push.mockClear();
});

function Customers({ isLoading = false }: { isLoading?: boolean }) {
  const [sort, setSort] = useState<Sort | null>(null);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataTable
      label="Customers"
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowLabel={(row) => row.name}
      rowHref={(row) => `/customers/${row.id}`}
      sort={sort}
      onSortChange={(next) => {
        asked(next);
        setSort(next);
      }}
      selection={{ ids, onChange: setIds }}
      isLoading={isLoading}
    />
  );
}

const header = (name: string) => screen.getByRole("columnheader", { name });
const press = (name: string) =>
  userEvent.click(within(header(name)).getByRole("button"));

test("a header sorts up, then down, then not at all, and says so", async () => {
  render(<Customers />);
  expect(header("Customer")).toHaveAttribute("aria-sort", "none");
  await press("Customer");
  expect(asked).toHaveBeenLastCalledWith({ id: "name", desc: false });
  expect(header("Customer")).toHaveAttribute("aria-sort", "ascending");
  await press("Customer");
  expect(asked).toHaveBeenLastCalledWith({ id: "name", desc: true });
  expect(header("Customer")).toHaveAttribute("aria-sort", "descending");
  await press("Customer");
  expect(asked).toHaveBeenLastCalledWith(null);
  expect(header("Customer")).toHaveAttribute("aria-sort", "none");
});

test("money sorts downwards first, and only one column sorts", async () => {
  render(<Customers />);
  await press("Customer");
  await press("Revenue");
  expect(asked).toHaveBeenLastCalledWith({ id: "revenue", desc: true });
  expect(header("Revenue")).toHaveAttribute("aria-sort", "descending");
  expect(header("Customer")).toHaveAttribute("aria-sort", "none");
});

test("rows stay in the server's order", async () => {
  render(<Customers />);
  await press("Revenue");
  const names = screen
    .getAllByRole("link")
    .map((link) => link.textContent ?? "");
  expect(names).toEqual(["Acme", "Kitewire", "Lumen"]);
});

test("columns and row height are remembered for the next visit", async () => {
  const visit = render(<Customers />);
  expect(screen.queryByRole("columnheader", { name: "ID" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "View" }));
  await userEvent.click(await screen.findByRole("checkbox", { name: "ID" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Revenue" }));
  await userEvent.click(screen.getByRole("radio", { name: "Compact" }));
  visit.unmount();
  render(<Customers />);
  expect(header("ID")).toBeVisible();
  expect(screen.queryByRole("columnheader", { name: "Revenue" })).toBeNull();
  expect(JSON.parse(localStorage.getItem("table:Customers") ?? "")).toEqual({
    density: "compact",
    columns: { id: true, revenue: false },
  });
});

test("a table of junk preferences shows its defaults", () => {
  localStorage.setItem("table:Customers", '{"columns":[1,{}],"density":7');
  render(<Customers />);
  expect(header("Revenue")).toBeVisible();
});

test("the first column is never offered for hiding", async () => {
  render(<Customers />);
  await userEvent.click(screen.getByRole("button", { name: "View" }));
  await screen.findByRole("checkbox", { name: "Revenue" });
  expect(screen.queryByRole("checkbox", { name: "Customer" })).toBeNull();
});

test("rows are selected one by one and all at once", async () => {
  render(<Customers />);
  const all = screen.getByRole<HTMLInputElement>("checkbox", {
    name: "Select all rows of this page",
  });
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Acme" }));
  expect(screen.getByRole("row", { name: /Acme/ })).toHaveAttribute(
    "aria-selected",
    "true",
  );
  expect(all.indeterminate).toBe(true);
  await userEvent.click(all);
  expect(screen.getAllByRole("row", { selected: true })).toHaveLength(3);
});

test("arrow keys walk the rows, and End goes to the last", async () => {
  render(<Customers />);
  act(() => screen.getByRole("link", { name: "Acme" }).focus());
  await userEvent.keyboard("{ArrowDown}");
  expect(screen.getByRole("link", { name: "Kitewire" })).toHaveFocus();
  await userEvent.keyboard("{End}");
  expect(screen.getByRole("link", { name: "Lumen" })).toHaveFocus();
  await userEvent.keyboard("{ArrowDown}{Home}");
  expect(screen.getByRole("link", { name: "Acme" })).toHaveFocus();
});

test("a press in a row opens it, one on its checkbox does not", async () => {
  render(<Customers />);
  await userEvent.click(screen.getByRole("cell", { name: /50/ }));
  expect(push).toHaveBeenCalledWith("/customers/cus_2");
  push.mockClear();
  await userEvent.click(screen.getByRole("checkbox", { name: "Select Acme" }));
  expect(push).not.toHaveBeenCalled();
});

test("old rows stay, and are marked as busy, while new ones load", () => {
  render(<Customers isLoading />);
  expect(screen.getByRole("table")).toHaveAttribute("aria-busy", "true");
  expect(screen.getByRole("link", { name: "Acme" })).toBeVisible();
});

test("an empty table shows its words instead of headers", () => {
  render(
    <DataTable
      label="Customers"
      columns={columns}
      rows={[]}
      rowId={(row) => row.id}
      empty={<p>No customers yet</p>}
    />,
  );
  expect(screen.getByText("No customers yet")).toBeVisible();
  expect(screen.queryByRole("table")).toBeNull();
});
