import * as z from "zod/mini";
import { PROBLEM_CODES } from "../model/problem.ts";
import { API, type Endpoint, type EndpointSpec } from "./api.ts";

/** The description of the API in OpenAPI 3.1, derived from the endpoint table. */

type Json = { readonly [key: string]: unknown };

export function createOpenApi(): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const name of Object.keys(API) as Endpoint[]) {
    const spec: EndpointSpec = API[name];
    const path = spec.path.replaceAll(/:(\w+)/g, "{$1}");
    (paths[path] ??= {})[spec.method.toLowerCase()] = operation(name, spec);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Gloss",
      version: "1",
      description:
        "Everything a person can do on a screen. Errors are RFC 9457 problem details with a `code` from one closed list. Offsets are UTF-16 code units.",
    },
    servers: [{ url: "/api/v1" }],
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "An API token." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "gloss.session_token",
          description: "A browser session.",
        },
      },
      schemas: { Problem: PROBLEM },
      responses: {
        Problem: {
          description: "What went wrong and what to do next.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
    },
  };
}

const PROBLEM: Json = {
  type: "object",
  required: ["type", "title", "status", "code", "detail"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string", enum: PROBLEM_CODES },
    detail: { type: "string", description: "A sentence for people that says what to do next." },
    fields: {
      type: "array",
      description: "The parts of the request that are not valid.",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
      },
    },
  },
};

function operation(name: Endpoint, spec: EndpointSpec): Json {
  const parameters = [...parametersOf("path", spec.params), ...parametersOf("query", spec.query)];
  const needs =
    spec.verb === null ? "" : spec.verb === "signed-in" ? "Anybody signed in." : `Needs \`${spec.verb}\`.`;
  return {
    operationId: name,
    summary: spec.summary,
    ...(needs === "" ? {} : { description: needs }),
    security: spec.verb === null ? [] : [{ token: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(spec.body === undefined ? {} : { requestBody: { required: true, content: contentOf(spec.body) } }),
    responses: {
      [spec.status]:
        spec.status === 204
          ? { description: "Done." }
          : {
              description: "Done.",
              content: { "application/json": { schema: schemaOf(spec.result, "output") } },
            },
      default: { $ref: "#/components/responses/Problem" },
    },
  };
}

function contentOf(body: z.ZodMiniType | "bytes"): Json {
  if (body === "bytes")
    return { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  return { "application/json": { schema: schemaOf(body, "input") } };
}

function parametersOf(where: "path" | "query", schema: z.ZodMiniObject | undefined): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, Json>;
    required?: readonly string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: where,
    required: where === "path" || required.includes(name),
    schema: property,
  }));
}

function schemaOf(schema: z.ZodMiniType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  });
  return rest;
}
