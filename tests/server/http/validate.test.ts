import { expect, test } from "vitest";
import { Problem } from "#shared/model/problem.ts";
import { CORE_API } from "#shared/wire/core.ts";
import { validate } from "../../../server/http/validate.ts";

function complaints(value: unknown): unknown {
  try {
    return validate(CORE_API.createInvite.body, value, "invalid-content");
  } catch (error) {
    if (error instanceof Problem) return error.extra["fields"];
    throw error;
  }
}

test("[HTTP-22] a wrong field is told what was expected and what came", () => {
  expect(complaints({ role: "king", expiresIn: "soon", maxUses: 0 })).toEqual([
    { path: "role", message: expect.stringMatching(/^Invalid option: expected one of "/) },
    { path: "expiresIn", message: "Invalid input: expected number, received string" },
    { path: "maxUses", message: "Too small: expected number to be >0" },
  ]);
});
