import "server-only";
import { notFound, redirect, unstable_rethrow } from "next/navigation";
import type { Ctx } from "@/platform/context";
import type { ErrorBody } from "@/shared/errors";
import { problem } from "./problem";

/**
 * What a page reads in order to show it. A thing that is not there shows the 404 page; any other
 * failure reaches the error page as `CODE req_…` in its digest, all that Next lets through.
 */
export async function shown<T>(ctx: Ctx, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    unstable_rethrow(error);
    // Safe: problem() answers with this body.
    const body = (await problem(error, ctx.requestId).json()) as ErrorBody;
    if (body.code === "NOT_FOUND") notFound();
    if (body.code === "UNAUTHENTICATED") redirect("/sign-in");
    const digest = `${body.code} ${body.request_id}`;
    throw Object.assign(new Error(body.error), { digest });
  }
}
