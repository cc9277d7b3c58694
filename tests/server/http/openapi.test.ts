import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { PROBLEM_CODES } from "#shared/model/problem.ts";
import { API, type Endpoint, type EndpointSpec } from "#shared/wire/api.ts";
import { FakeSync } from "../fake-sync.ts";
import { startWorld, type World } from "../world.ts";

/** The parts of OpenAPI 3.1's own schema that a description of ours can break. */
const Schema = z.record(z.string(), z.unknown());
const Content = z.record(z.string().regex(/^[a-z]+\/[a-z+-]+$/), z.object({ schema: Schema }));
const Operation = z.strictObject({
  operationId: z.string(),
  summary: z.string().min(1),
  description: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(["path", "query"]),
        required: z.boolean(),
        schema: Schema,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.literal(true), content: Content }).optional(),
  responses: z.record(
    z.string().regex(/^([1-5]\d\d|default)$/),
    z.union([
      z.strictObject({ description: z.string().min(1), content: Content.optional() }),
      z.strictObject({ $ref: z.string() }),
    ]),
  ),
});
const Description = z.strictObject({
  openapi: z.string().regex(/^3\.1\.\d$/),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string() }),
  servers: z.array(z.strictObject({ url: z.literal("/api/v1") })),
  paths: z.record(
    z.string().startsWith("/"),
    z.partialRecord(z.enum(["get", "post", "patch", "delete"]), Operation),
  ),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.enum(["http", "apiKey"]) })),
    schemas: z.record(z.string(), Schema),
    responses: z.record(z.string(), z.strictObject({ description: z.string(), content: Content })),
  }),
});

let world: World;
let raw: unknown;
let description: z.infer<typeof Description>;
beforeAll(async () => {
  world = await startWorld({ sync: (options) => new FakeSync(options) });
  const { status, body } = await world.ask("GET", "/openapi.json");
  expect(status).toBe(200);
  raw = body;
  description = Description.parse(body);
});
afterAll(() => world.close());

test.each(Object.keys(API) as Endpoint[])("[HTTP-8] %s is described", (endpoint) => {
  const spec: EndpointSpec = API[endpoint];
  const path = spec.path.replaceAll(/:(\w+)/g, "{$1}");
  const operation = description.paths[path]?.[spec.method.toLowerCase() as "get"];
  expect(operation?.operationId).toBe(endpoint);
  expect(Object.keys(operation?.responses ?? {})).toEqual([String(spec.status), "default"]);
  expect(operation?.requestBody !== undefined).toBe(spec.body !== undefined);
  expect(operation?.security).toEqual(spec.verb === null ? [] : [{ token: [] }, { session: [] }]);
  const inPath = [...spec.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
  const parameters = operation?.parameters ?? [];
  expect(parameters.filter((one) => one.in === "path").map((one) => one.name)).toEqual(inPath);
  expect(parameters.filter((one) => one.in === "query").map((one) => one.name)).toEqual(
    Object.keys(spec.query?.shape ?? {}),
  );
});

test("[HTTP-8] nothing is described that is not there", () => {
  const operations = Object.values(description.paths).flatMap((path) => Object.values(path));
  expect(operations).toHaveLength(Object.keys(API).length);
});

test("[HTTP-8] every reference leads somewhere, and the problem codes are listed", () => {
  const targets = [...JSON.stringify(raw).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(targets.length).toBeGreaterThan(0);
  for (const target of new Set(targets)) {
    const found = target
      .split("/")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], raw);
    expect(found, target).toBeDefined();
  }
  expect(description.components.schemas["Problem"]).toMatchObject({
    properties: { code: { enum: PROBLEM_CODES } },
  });
});

test("[HTTP-8] a body is described as it may be sent: what has a default is not required", () => {
  const body = description.paths["/articles"]?.post?.requestBody?.content["application/json"]?.schema;
  expect(body).toMatchObject({ required: ["title", "content"], properties: { format: { default: "text" } } });
});
