import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { customerCtx } from "@/http/page";

export const metadata: Metadata = { title: "Not found" };

/** An address that no page has: answered inside the shell, and only for those signed in. */
export default async function MissingPage() {
  await customerCtx();
  notFound();
}
