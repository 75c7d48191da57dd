// Keeps pages for when there is no network: asks the browser to run sw.js. Where it cannot, the site works as before.
import { siteRoot } from "./dom.js";

if (isSecureContext && "serviceWorker" in navigator) {
  const start = () =>
    navigator.serviceWorker
      .register(new URL(`${siteRoot()}sw.js`, location.href), { updateViaCache: "none" })
      .catch(() => {}); // switched off, or a private window
  if (document.readyState === "complete") start();
  else addEventListener("load", start); // what this page needs goes first
}
