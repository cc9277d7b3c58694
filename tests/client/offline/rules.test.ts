import { expect, test } from "vitest";
import { planFor } from "../../../client/offline/rules.ts";

const plan = (method: string, path: string, navigation = false) => planFor({ method, path, navigation });

test("[OFF-1] a page that is loaded without a connection is the kept one; an address of the API never is", () => {
  expect(plan("GET", "/articles/abc", true)).toBe("page");
  expect(plan("GET", "/j/code", true)).toBe("page");
  expect(plan("GET", "/api/v1/openapi.json", true)).toBe("pass");
});

test("[OFF-1] files of the build are kept", () => {
  expect(plan("GET", "/assets/index-abc.js")).toBe("asset");
  expect(plan("GET", "/before.js")).toBe("asset");
});

test("[OFF-2] only who I am, the codebook and the articles are kept of what the API answers", () => {
  for (const path of ["/api/v1/me", "/api/v1/codebook", "/api/v1/articles", "/api/v1/articles/abc"]) {
    expect(plan("GET", path), path).toBe("answer");
  }
  for (const path of [
    "/api/v1/members",
    "/api/v1/tokens",
    "/api/v1/invites",
    "/api/v1/articles/abc/snapshot",
    "/metrics",
  ]) {
    expect(plan("GET", path), path).toBe("pass");
  }
  expect(plan("PATCH", "/api/v1/articles/abc")).toBe("pass");
});

test("[OFF-3] who signs in or out, or joins, finds nothing that was kept of the person before", () => {
  expect(plan("DELETE", "/api/v1/session")).toBe("forget");
  expect(plan("POST", "/api/v1/session")).toBe("forget");
  expect(plan("POST", "/api/v1/setup")).toBe("forget");
  expect(plan("POST", "/api/v1/join/code")).toBe("forget");
  expect(plan("DELETE", "/api/v1/tokens/abc")).toBe("pass");
});
