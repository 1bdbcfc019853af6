import { NextResponse, type NextRequest } from "next/server";
import { pagePolicy } from "@/http/page-policy";
import { onlyHttps } from "@/http/security-headers.mjs";
import { env } from "@/platform/env";

/**
 * Headers of pages only: a Content-Security-Policy with a nonce for each request. Who may see a
 * page is decided in the page itself, also where this does not run.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16)));
  const text = nonce.toString("base64");
  const isHttps = env().APP_URL.startsWith("https:");
  const policy = pagePolicy(text, {
    isHttps,
    isDevelopment: env().NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", text);
  // Next gives the nonce that it finds in here to its own scripts.
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  if (isHttps) response.headers.set(...onlyHttps);
  return response;
}

export const config = {
  matcher: ["/((?!api/|_next/|docs|openapi.json|icon.svg|metrics).*)"],
};
