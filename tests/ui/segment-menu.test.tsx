import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { SegmentMenu } from "@/modules/customers/ui/segment-menu";
import { filterNames } from "@/modules/customers/ui/filters";
import { useListUrl } from "@/ui/table/use-list-url";

jest.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => {} }),
}));

function Shown() {
  const list = useListUrl({ filters: filterNames });
  return <SegmentMenu list={list} segments={[]} mayWrite />;
}

test("filters are asked a name to be saved under", async () => {
  render(
    <NuqsTestingAdapter searchParams="?tag=vip" hasMemory>
      <Shown />
    </NuqsTestingAdapter>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Segments" }));
  await userEvent.click(
    await screen.findByRole("menuitem", { name: "Save filters as a segment…" }),
  );
  const dialog = await screen.findByRole("dialog");
  await waitFor(() => expect(dialog).toHaveTextContent("Save filters"));
  await userEvent.click(screen.getByRole("button", { name: "Save segment" }));
  // Over the form, and at the field.
  expect(await screen.findAllByText("Name is required")).toHaveLength(2);
});
