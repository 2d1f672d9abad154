// Keeps the app's own files, so that it opens without a network. The server writes APP, VERSION
// and PRECACHE (path -> integrity) in front. What the API answers is never kept: it would be stale.

const CACHE = `doseline-${APP}-${VERSION}`;

self.addEventListener("install", (event) => event.waitUntil(bringAll()));
self.addEventListener("activate", (event) => event.waitUntil(startServing()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname in PRECACHE) event.respondWith(answer(event.request, url.pathname));
});

// Each file must be the one that was listed: half of an old app and half of a new one never meet.
async function bringAll() {
  const cache = await caches.open(CACHE);
  await Promise.all(Object.entries(PRECACHE).map(async ([path, integrity]) => {
    const response = await fetch(path, { cache: "no-cache", integrity });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(path, response);
  }));
}

async function startServing() {
  for (const name of await caches.keys()) {
    if (name.startsWith(`doseline-${APP}-`) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
}

async function answer(request, path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
