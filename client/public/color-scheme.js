// Chooses light or dark before the first paint. It is a file of its own because the content security
// policy allows no script inside the page.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("gloss-color-scheme");
  } catch {
    choice = null;
  }
  const systemIsDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const dark = choice === "dark" || (choice !== "light" && systemIsDark);
  document.documentElement.dataset.mantineColorScheme = dark ? "dark" : "light";
})();
