"use client";

import { Package, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import { DataTable } from "@/ui/table/data-table";
import {
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
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
        empty={<Empty list={list} page={page} mayWrite={mayWrite} />}
        footer={<ListPages list={list} page={page} />}
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

function FirstPlans() {
  const { open } = useDialogUrl();
  return (
    <>
      <Button onPress={() => void open("starter-plans")}>
        Start with four plans
      </Button>
      <NewPlan />
    </>
  );
}

type List = { list: ListUrl };

function Toolbar({ list }: List) {
  return (
    <>
      <ListSearch list={list} things="plans" placeholder="Name or code" />
      <ListFilters
        list={list}
        filters={[
          {
            id: "status",
            label: "Status",
            options: [
              { id: "active", label: "Active" },
              { id: "draft", label: "Draft" },
              { id: "archived", label: "Archived" },
            ],
          },
        ]}
      />
    </>
  );
}

function Empty({
  list,
  page,
  mayWrite,
}: List & { page: Page<unknown>; mayWrite: boolean }) {
  return (
    <ListEmpty
      list={list}
      page={page}
      things="plans"
      hint="Archived plans are only shown when you ask for them."
    >
      <EmptyState
        icon={<Package />}
        title="No plans yet"
        description="A plan says what customers pay, how much they may use, and which features they get. Its terms are versions: those who subscribed keep theirs."
        action={mayWrite ? <FirstPlans /> : null}
      />
    </ListEmpty>
  );
}
