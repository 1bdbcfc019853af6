import { readFile } from "node:fs/promises";
import { join } from "node:path";

const types: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
};

// All operations open at once would take a browser many seconds; the filter finds them by tag.
// Calls made from the page carry the browser's own session; nothing is sent to a validator.
const start = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  defaultModelsExpandDepth: -1,
  persistAuthorization: false,
  validatorUrl: null,
  tryItOutEnabled: true,
});`;

type Given = { params: Promise<{ file: string }> };

/** The parts of Swagger UI, served from our own origin. */
export async function GET(_: Request, { params }: Given): Promise<Response> {
  const { file } = await params;
  const type = types[file];
  if (file === "start.js") return answer(start, "text/javascript");
  if (!type) return new Response("Not found", { status: 404 });
  const folder = join(process.cwd(), "node_modules", "swagger-ui-dist");
  return answer(await readFile(join(folder, file), "utf8"), type);
}

function answer(body: string, type: string): Response {
  return new Response(body, {
    headers: { "content-type": type, "cache-control": "public, max-age=3600" },
  });
}
