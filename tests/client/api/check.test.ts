import { expect, test } from "vitest";
import { bodyErrors, serverErrors } from "../../../client/api/check.ts";
import { ApiProblem } from "../../../client/api/problem.ts";

test("[UI-7] a body is judged by the server's own schema, one complaint a field", () => {
  expect(bodyErrors("setup", { token: "t", name: " ", email: "x", password: "short" })).toEqual({
    name: "Give a name.",
    email: "This is not an e-mail address.",
    password: "At least 10 characters.",
  });
  expect(bodyErrors("join", { name: "Lee" })).toEqual({});
  expect(bodyErrors("signOut", {})).toEqual({});
});

test("[HTTP-22] a body is told what was expected before it is sent", () => {
  expect(bodyErrors("createToken", {})).toEqual({
    name: "Invalid input: expected string, received undefined",
  });
});

test("[UI-7] the server's complaints are taken by field", () => {
  const failure = new ApiProblem({
    code: "invalid-content",
    status: 422,
    detail: "No.",
    fields: [
      { path: "email", message: "First." },
      { path: "email", message: "Second." },
    ],
  });
  expect(serverErrors(failure)).toEqual({ email: "First." });
  expect(serverErrors(new Error("a bug"))).toEqual({});
});
