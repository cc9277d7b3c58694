import type { RequestHandler } from "express";
import { Problem } from "#shared/model/problem.ts";

/** The answer to every address that is none. */
export const notFound: RequestHandler = () => {
  throw new Problem("not-found");
};
