"use client";

import { Package, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips } from "@/ui/display/filter-chips";
import { Pagination } from "@/ui/display/pagination";
import { SearchField } from "@/ui/forms/search-field";
import { DataTable } from "@/ui/table/data-table";
import { useListUrl } from "@/ui/table/use-list-url";
import { useSearchText } from "@/ui/table/use-search-text";
import type { Plan } from "../contract";
import { planColumns } from "./plan-columns";

const PlanDialogs = dynamic(() => import("./plan-dialogs"), { ssr: false });

const filters = ["status"] as const;

/** All plans: search, filters and dialogs live in the URL. */
export function PlanList({
  page,
  mayWrite,
}: {
  page: Page<Plan>;
  mayWrite: boolean;
}) {
  const list = useListUrl({ filters, perPage: 50 });
  const { show } = useDialogUrl();
  return (
    <>
      <DataTable
        label="Plans"
        columns={planColumns}
        rows={page.items}
        rowId={({ id }) => id}
        rowLabel={({ name }) => name}
        rowHref={({ id }) => `/plans/${id}`}
        isLoading={list.isPending}
        toolbar={<Toolbar list={list} />}
        empty={<Empty list={list} total={page.total} mayWrite={mayWrite} />}
        footer={
          page.total > 0 ? (
            <Pagination
              page={page.page}
              perPage={page.per_page}
              total={page.total}
              isExact={page.total_is_exact}
              onPageChange={list.setPage}
              onPerPageChange={list.setPerPage}
            />
          ) : null
        }
      />
      {show && mayWrite ? <PlanDialogs /> : null}
    </>
  );
}

/** Opens the dialog for a new plan. */
export function NewPlan() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("new-plan")}
    >
      New plan
    </Button>
  );
}

type List = { list: ReturnType<typeof useListUrl> };

function Toolbar({ list }: List) {
  const [text, setText] = useSearchText(list.search, list.setSearch);
  return (
    <>
      <SearchField
        label="Search plans"
        placeholder="Name or code"
        value={text}
        onChange={setText}
        hasShortcut
        className="w-full sm:w-64"
      />
      <FilterChips
        filters={[
          {
            id: "status",
            label: "Status",
            options: [
              { id: "active", label: "Active" },
              { id: "draft", label: "Draft" },
              { id: "archived", label: "Archived" },
            ],
            value: list.filters["status"] ?? null,
          },
        ]}
        onChange={list.setFilter}
        onClear={list.clear}
      />
    </>
  );
}

function Empty({
  list,
  total,
  mayWrite,
}: List & { total: number; mayWrite: boolean }) {
  if (total > 0)
    return (
      <NoMatch
        title="This page is past the end"
        description="There are fewer plans than that."
        action={<Button onPress={() => list.setPage(1)}>Go to page 1</Button>}
      />
    );
  if (list.hasFilters)
    return (
      <NoMatch
        title="No plans match"
        description="Archived plans are only shown when you ask for them."
        action={<Button onPress={list.clear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<Package />}
      title="No plans yet"
      description="A plan says what customers pay, how much they may use, and which features they get. Its terms are versions: those who subscribed keep theirs."
      action={mayWrite ? <NewPlan /> : null}
    />
  );
}
