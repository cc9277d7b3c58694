// Runs before the first paint. It is a file of its own because the content security policy allows no
// script inside the page.
(() => {
  // Light or dark, as chosen on this device or by the system.
  let choice = null;
  try {
    choice = localStorage.getItem("gloss-color-scheme");
  } catch {
    choice = null;
  }
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const dark = choice === "dark" || (choice !== "light" && systemIsDark);
  document.documentElement.dataset.mantineColorScheme = dark ? "dark" : "light";

  // The schema library would try whether it may compile code; the policy forbids it and reports the try.
  globalThis.__zod_globalConfig = { jitless: true };
})();
