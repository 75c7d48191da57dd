// What can be read without a network? The home page, what its 刚出险 strip leads to, and every page that was visited.
//
// No mixed releases: scripts and styles lie in assets/<name>/, and the name is a hash of everything that pages share, so HTML
// can only ever ask for the files it was made with. Each name has a cache of its own, filled with the whole set before it is
// used; a page is kept only beside the set that it names. A release with another name makes a new cache and deletes the old
// one; pages still open from before find their files on the server, which carries the last set along (publishing/shell.py).
// Pages come from the network while there is one; nothing of /api/ is looked at. The build fills in the four constants.
const SET = "{{ shell }}";
const FILES = {{ shell_files | tojson }};
const PAGES = {{ kept_pages | tojson }};
const MADE_FROM = "{{ kept_hash }}"; // another hash is another sw.js: the browser installs it and PAGES are fetched anew

const ROOT = new URL("./", self.location).href;
const PREFIX = `kb ${new URL(ROOT).pathname} `; // sites at other paths of this host have caches of their own
const CACHE = PREFIX + SET;
const OFFLINE = "offline/";
const PATIENCE = 3000; // milliseconds; after that a kept page is shown
const MOST_PAGES = 60;
const NOT_OURS = /^(api|desk)\//;
const IN_A_SET = /^assets\/[0-9a-f]{12}\//;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = request.url.split(/[?#]/)[0];
  if (request.method !== "GET" || !address.startsWith(ROOT)) return;
  const path = address.slice(ROOT.length);
  if (NOT_OURS.test(path)) return;
  if (request.mode === "navigate") {
    if (path === "" || path.endsWith("/")) event.respondWith(page(event, path));
  } else if (path.startsWith("assets/")) event.respondWith(file(request, path));
});

/** The whole set and the pages that everybody may need, or nothing: when one is missing the browser tries again later. */
async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(
    FILES.map(async (path) => {
      if (await cache.match(ROOT + path)) return; // of this set already
      const response = await fetch(ROOT + path, { cache: "no-cache" });
      if (!response.ok) throw new Error(path);
      await cache.put(ROOT + path, response);
    }),
  );
  const kept = await Promise.all(PAGES.map(fetchPage));
  if (kept.includes(false)) throw new Error("pages of another release");
  await self.skipWaiting();
}

async function activate() {
  for (const name of await caches.keys()) {
    if (name.startsWith(PREFIX) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
  // The first page was there before this script was.
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const paths = open.map(({ url }) => url.split(/[?#]/)[0]).filter((url) => url.startsWith(ROOT));
  await Promise.allSettled(paths.map((url) => fetchPage(url.slice(ROOT.length))));
}

async function fetchPage(path) {
  return !NOT_OURS.test(path) && keep(path, await fetch(ROOT + path, { cache: "no-cache" }));
}

/** The page from the network; what was kept when there is none or it takes too long; else what to do without. */
async function page(event, path) {
  const fresh = fetch(event.request);
  const keeping = fresh.then((response) => keep(path, response.clone()));
  event.waitUntil(keeping.catch(() => {}));
  const kept = await find(path);
  let why = "late";
  try {
    const response = await (kept ? Promise.race([fresh, wait(PATIENCE)]) : fresh);
    if (response && (response.status < 500 || !kept)) return response;
  } catch {
    why = "offline";
  }
  if (kept) return rewritten(kept, (html) => html.replace(`hidden data-kept="${why}"`, ""));
  const without = await find(OFFLINE);
  // It is shown at any depth: its addresses, all from its own folder, are made whole.
  return without ? rewritten(without, (html) => html.replace(/="\.\.(?:\/|(?="))/g, `="${ROOT}`)) : Response.error();
}

/** A set's files never change, so what is kept of them is right; any other file comes from the network while there is one. */
async function file(request, path) {
  const kept = await find(path);
  if (kept && IN_A_SET.test(path)) return kept;
  try {
    const response = await fetch(request);
    if (response.status === 200 && !IN_A_SET.test(path)) await (await ours())?.put(ROOT + path, response.clone());
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/** Keep a page beside the set that it names; one that was taken down or stopped goes. Whether what is kept is right now. */
async function keep(path, response) {
  const cache = await ours();
  if (!cache) return false;
  if (response.status === 404 || response.status === 410) {
    await cache.delete(ROOT + path);
    return true;
  }
  if (response.status !== 200 || response.redirected) return false;
  const copy = response.clone();
  if (!(await response.text()).includes(SET)) return false;
  await cache.delete(ROOT + path); // put again it is the newest
  await cache.put(ROOT + path, copy);
  const pages = (await cache.keys()).map(({ url }) => url).filter((url) => url.endsWith("/"));
  const visited = pages.filter((url) => !PAGES.includes(url.slice(ROOT.length)));
  await Promise.all(visited.slice(0, -MOST_PAGES).map((url) => cache.delete(url)));
  return true;
}

/** What is kept of this set at path, if anything. */
const find = (path) => caches.match(ROOT + path, { cacheName: CACHE });

/** The cache of this set, unless a newer sw.js has deleted it: what still runs of this one must not make it again. */
const ours = async () => ((await caches.has(CACHE)) ? caches.open(CACHE) : null);

async function rewritten(response, change) {
  const headers = new Headers(response.headers); // with the policy of the page
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(change(await response.text()), { headers });
}

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
