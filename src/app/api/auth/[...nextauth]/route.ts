import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/http/session";

type Given = { params: Promise<{ nextauth: string[] }> };

async function handler(request: NextRequest, given: Given): Promise<Response> {
  // Safe: next-auth answers a Request with a Response, though its type says any.
  return (await NextAuth(request, given, authOptions(request))) as Response;
}

export { handler as GET, handler as POST };
