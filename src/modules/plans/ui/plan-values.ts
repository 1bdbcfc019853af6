import type { Plan } from "../contract";

/** What the form of a plan's details holds. */
export type PlanValues = {
  name: string;
  code: string;
  description: string;
  is_public: boolean;
  position: number;
};

export const planLabels: Record<keyof PlanValues, string> = {
  name: "Name",
  code: "Code",
  description: "Description",
  is_public: "Customers see it and may choose it themselves",
  position: "Place",
};

export function toPlanValues(plan?: Plan): PlanValues {
  return {
    name: plan?.name ?? "",
    code: plan?.code ?? "",
    description: plan?.description ?? "",
    is_public: plan?.is_public ?? true,
    position: plan?.position ?? 0,
  };
}

/** The body that the endpoint gets. */
export function toPlanBody(values: PlanValues): Record<string, unknown> {
  const { code, position, ...rest } = values;
  return {
    ...rest,
    code: code.trim(),
    position: Number.isNaN(position) ? 0 : position,
  };
}
