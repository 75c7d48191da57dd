// Runs before anything is painted: the saved (or the system's) theme, the saved mode, and where the site's root is.
(function (root, script) {
  "use strict";
  const saved = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is switched off
    }
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const theme = () => {
    const dark = saved("kb-theme") ? saved("kb-theme") === "dark" : system.matches;
    if (dark) root.dataset.theme = "dark";
    else delete root.dataset.theme;
  };
  root.dataset.root = script.dataset.root.replace(/\/*$/, "/");
  root.classList.replace("no-js", "js");
  // The ask page leaves room for what is on its way, so that nothing jumps when it comes.
  if (new URLSearchParams(location.search).get("q")) root.dataset.asked = "";
  if (saved("kb-mode") === "elder") root.dataset.mode = "elder";
  theme();
  system.addEventListener("change", theme);
})(document.documentElement, document.currentScript);
