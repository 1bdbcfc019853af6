"use client";

import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { ErrorSummary, type FieldProblem } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";

export type SettingsCardProps = {
  title: string;
  description: string;
  mayWrite: boolean;
  onSubmit: () => void;
  isDirty: boolean;
  isPending: boolean;
  summary: { problems: FieldProblem[]; attempt: number };
  children: ReactNode;
};

/** A group of settings with its own button; nothing is sent until it is pressed. */
export function SettingsCard({
  title,
  description,
  mayWrite,
  onSubmit,
  isDirty,
  isPending,
  summary,
  children,
}: SettingsCardProps) {
  return (
    <Card title={title} description={description} className="max-w-3xl">
      <Form onSubmit={onSubmit} aria-label={title}>
        <ErrorSummary {...summary} title="The settings were not saved" />
        {children}
        {mayWrite ? (
          <div>
            <Button
              type="submit"
              variant="primary"
              isPending={isPending}
              isDisabled={!isDirty}
            >
              {`Save ${title.toLowerCase()}`}
            </Button>
          </div>
        ) : null}
      </Form>
    </Card>
  );
}
