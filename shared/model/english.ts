import { config } from "zod/mini";
import en from "zod/v4/locales/en.js";

/**
 * Schemas say in English what is wrong with a value. To be imported by whatever shows that to people:
 * without it a schema only says that the value is not valid.
 */
config(en());
