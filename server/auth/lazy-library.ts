import type { Library, LibraryOptions } from "./library.ts";

/** The sign-in library, loaded at the first call and once. */
export function lazyLibrary(options: LibraryOptions): () => Promise<Library> {
  let loading: Promise<Library> | null = null;
  return () => {
    loading ??= import("./library.ts").then(({ createLibrary }) => createLibrary(options));
    return loading;
  };
}
