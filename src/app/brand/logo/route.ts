import { getLogo } from "@/modules/settings";
import { publicCtx } from "@/platform/request-context";

export const dynamic = "force-dynamic";

/** The seller's logo. Its address changes with it, so browsers may keep it. */
export async function GET(): Promise<Response> {
  const logo = await getLogo(publicCtx(null));
  if (!logo) return new Response("There is no logo.", { status: 404 });
  return new Response(new Uint8Array(logo.bytes), {
    headers: {
      "content-type": logo.type,
      "cache-control": "public, max-age=31536000, immutable",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  });
}
