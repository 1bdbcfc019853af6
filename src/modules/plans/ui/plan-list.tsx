"use client";

import { Package, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { ListTable } from "@/ui/table/list-table";
import type { Plan } from "../contract";
import { planColumns } from "./plan-columns";

const PlanDialogs = dynamic(() => import("./plan-dialogs"), { ssr: false });

const filters = [
  {
    id: "status",
    label: "Status",
    options: [
      { id: "active", label: "Active" },
      { id: "draft", label: "Draft" },
      { id: "archived", label: "Archived" },
    ],
  },
];

export type PlanListProps = { page: Page<Plan>; mayWrite: boolean };

/** All plans: search, filters and dialogs live in the URL. */
export function PlanList({ page, mayWrite }: PlanListProps) {
  const { show } = useDialogUrl();
  return (
    <>
      <ListTable
        things="plans"
        page={page}
        columns={planColumns}
        rowLabel={({ name }) => name}
        rowHref={({ id }) => `/plans/${id}`}
        search="Name or code"
        filters={filters}
        hint="Archived plans are only shown when you ask for them."
        empty={{
          icon: <Package />,
          title: "No plans yet",
          description:
            "A plan says what customers pay, how much they may use, and which features they get. Its terms are versions: those who subscribed keep theirs.",
        }}
        action={mayWrite ? <FirstPlans /> : null}
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
