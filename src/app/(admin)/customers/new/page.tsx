import { redirect } from "next/navigation";

/** A short address for the form, which is a dialog over the list. */
export default function NewCustomerPage() {
  redirect("/customers?show=create");
}
