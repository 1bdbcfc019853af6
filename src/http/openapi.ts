import * as z from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { Endpoint } from "@/shared/endpoint";
import { errorStatus, type ErrorCode } from "@/shared/errors";
import { endpoints } from "./registry";

const ErrorSchema = z
  .object({
    error: z.string().meta({ description: "what happened and what to do" }),
    code: z.string(),
    details: z.unknown().optional(),
    request_id: z.string(),
    error_type: z.string().optional(),
    limits: z.unknown().optional(),
    usage: z.unknown().optional(),
    retry_after: z.number().nullish(),
  })
  .meta({ id: "Error" });

const methodNames = {
  GET: "get",
  POST: "post",
  PUT: "put",
  PATCH: "patch",
  DELETE: "delete",
} as const;

/** The OpenAPI 3.1 document, made from the registry. */
export function openapi(serverUrl = "/") {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    const path = (paths[`/api${endpoint.path}`] ??= {});
    path[methodNames[endpoint.method]] = operation(endpoint);
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tollkeeper API",
      version: "1",
      description:
        "Customers, API keys, rate limits and usage. JSON in snake_case, times in ISO 8601 UTC, money in whole minor units.",
    },
    servers: [{ url: serverUrl }],
    components: {
      securitySchemes: {
        serviceToken: {
          type: "http",
          scheme: "bearer",
          description: "A service token, tk_…",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "Set by signing in with a browser",
        },
      },
    },
    paths,
  });
}

function operation(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body, example } = endpoint;
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    description: describe(endpoint),
    tags: [endpoint.id.split(".", 1).join()],
    security: security(endpoint),
    // Safe: contracts define params and query as objects, which is what zod-openapi asks for.
    requestParams: {
      ...(params && { path: params as z.ZodObject }),
      ...(query && { query: query as z.ZodObject }),
      ...headersOf(endpoint),
    },
    ...(body && {
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: body,
            ...(example !== undefined && { example }),
          },
        },
      },
    }),
    ...(endpoint.isUpload && {
      requestBody: {
        required: true,
        content: {
          "application/octet-stream": {
            schema: { type: "string" as const, format: "binary" },
          },
        },
      },
    }),
    responses: responses(endpoint),
  };
}

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .optional()
  .meta({
    description:
      "Makes a repetition safe: within 30 days the same call under the same key is carried out once, and later ones get its answer, with `Idempotent-Replayed: true`.",
  });
const ifMatch = z.string().optional().meta({
  description:
    "The ETag that you read, or several, or `*`: 412 when somebody else has changed it since, with who and when.",
});

function headersOf({ method, versioned }: Endpoint) {
  const headers = {
    ...(method === "POST" && { "Idempotency-Key": idempotencyKey }),
    ...(versioned && method !== "GET" && { "If-Match": ifMatch }),
  };
  return Object.keys(headers).length > 0 ? { header: z.object(headers) } : {};
}

function describe(endpoint: Endpoint): string {
  const { description, permission, capability, audience } = endpoint;
  const needs = permission ? `Needs \`${permission}\`. ` : "";
  const left = capability
    ? ` The setting \`self_service.${capability}\` says whether customers may.`
    : "";
  return `${description ? `${description}\n\n` : ""}${needs}For: ${audience.join(", ")}.${left}`;
}

function security({ audience }: Endpoint): Record<string, string[]>[] {
  if (audience.includes("public")) return [];
  return [
    ...(audience.includes("service") ? [{ serviceToken: [] }] : []),
    ...(audience.includes("staff") || audience.includes("customer")
      ? [{ session: [] }]
      : []),
  ];
}

const etag = z.string().optional().meta({
  description: "The version of what is answered, for If-Match.",
});

function responses(endpoint: Endpoint): ZodOpenApiResponsesObject {
  const known: ZodOpenApiResponsesObject = {
    [`${endpoint.status}`]: {
      description: endpoint.summary,
      ...(endpoint.versioned && { headers: z.object({ ETag: etag }) }),
      content: Object.fromEntries(
        (endpoint.files ?? ["application/json"]).map((type) => [
          type,
          { schema: endpoint.response },
        ]),
      ),
    },
  };
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodes(endpoint)) {
    const status = errorStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  for (const [status, codes] of byStatus)
    known[`${status as 400}`] = {
      description: codes.join(", "),
      content: { "application/json": { schema: ErrorSchema } },
    };
  return known;
}

/** Every error code that an endpoint can answer with. */
export function errorCodes(endpoint: Endpoint): ErrorCode[] {
  const isPublic = endpoint.audience.includes("public");
  return [
    ...new Set<ErrorCode>([
      ...(endpoint.body || endpoint.query
        ? (["VALIDATION_FAILED"] as const)
        : []),
      ...(endpoint.body
        ? ([
            "INVALID_JSON",
            "PAYLOAD_TOO_LARGE",
            "UNSUPPORTED_MEDIA_TYPE",
          ] as const)
        : []),
      ...(endpoint.isUpload ? (["PAYLOAD_TOO_LARGE"] as const) : []),
      ...(isPublic ? [] : (["UNAUTHENTICATED", "FORBIDDEN"] as const)),
      ...(endpoint.method === "POST"
        ? ([
            "VALIDATION_FAILED",
            "IDEMPOTENCY_IN_PROGRESS",
            "IDEMPOTENCY_ANSWER_LOST",
            "IDEMPOTENCY_MISMATCH",
          ] as const)
        : []),
      ...(endpoint.versioned && endpoint.method !== "GET"
        ? (["VALIDATION_FAILED", "PRECONDITION_FAILED"] as const)
        : []),
      ...(endpoint.limit === "hot" ? [] : (["RATE_LIMITED"] as const)),
      "UNAVAILABLE",
      "INTERNAL",
      ...endpoint.errors,
    ]),
  ];
}
