import "#shared/model/english.ts";
import { CORE_API, type CoreEndpoint, type EndpointSpec } from "#shared/wire/core.ts";
import { ApiProblem } from "./problem.ts";

/** Complaints by field path, the first one of each. */
export type FieldErrors = Record<string, string>;

/** What the server would say about this body, found before it is sent. */
export function bodyErrors(endpoint: CoreEndpoint, body: unknown): FieldErrors {
  const spec: EndpointSpec = CORE_API[endpoint];
  if (spec.body === undefined || spec.body === "bytes") return {};
  const parsed = spec.body.safeParse(body);
  if (parsed.success) return {};
  return firstOfEach(
    parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message })),
  );
}

/** The fields that the server complained about. Empty when the failure is about the whole. */
export function serverErrors(failure: unknown): FieldErrors {
  return failure instanceof ApiProblem ? firstOfEach(failure.fields) : {};
}

function firstOfEach(complaints: readonly { path: string; message: string }[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of complaints) errors[path] ??= message;
  return errors;
}
