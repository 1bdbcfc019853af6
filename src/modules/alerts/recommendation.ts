import { spendMeter } from "@/shared/windows";
import type { Alert } from "./contract";

export type Recommendation = Alert["recommendation"];

type About = Pick<Alert, "kind" | "threshold" | "customer" | "meter">;

/** What the team can do about an alert, and where. */
export function adviceToTeam(alert: About): Recommendation {
  const { kind, customer, meter } = alert;
  const page = `/customers/${customer?.id ?? ""}`;
  switch (kind) {
    case "threshold":
    case "projection":
      return {
        text:
          meter?.name === spendMeter
            ? "Raise the spend cap, give a boost until the period ends, or offer a plan that allows more."
            : "Raise the quota, give a boost until the period ends, or offer a plan that allows more.",
        href: `${page}/limits`,
      };
    case "unpriced":
      return {
        text: "Enter a price for it, then price what was used anew.",
        href: "/price-book",
      };
    case "expiring":
      return { text: "Renew the access.", href: `${page}?show=renew` };
    default:
      return kind satisfies never;
  }
}

/** What a customer's own people can do about it, and where in the portal. */
export function adviceToCustomer(alert: About): Recommendation {
  const { kind, threshold } = alert;
  switch (kind) {
    case "threshold":
      return {
        text:
          threshold >= 100
            ? "Choose a plan that allows more, or wait until the billing period ends."
            : "Choose a plan that allows more before it is used up.",
        href: "/portal/plan",
      };
    case "projection":
      return {
        text: "Use less of it, or choose a plan that allows more.",
        href: "/portal/plan",
      };
    case "unpriced":
      return { text: "There is nothing for you to do.", href: null };
    case "expiring":
      return {
        text: "Choose a plan, or ask for your access to be renewed.",
        href: "/portal/plan",
      };
    default:
      return kind satisfies never;
  }
}
