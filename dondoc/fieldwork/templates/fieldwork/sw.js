{% autoescape off %}// Keeps the installed page and its files on the phone, all of one version; nothing anybody typed passes here.
const VERSION = "thuc-dia-{{ version }}";
const PAGE = "{{ page }}";
const SHELL = {{ shell|default:"[]" }};

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (SHELL.includes(url.pathname)) event.respondWith(kept(event.request, url.pathname));
});

async function fill() {
  const cache = await caches.open(VERSION);
  for (const address of SHELL) {
    const answer = await fetch(new Request(address, { cache: "reload", credentials: "same-origin" }));
    if (!answer.ok || answer.redirected) throw new Error(address); // never keep a sign-in page
    await cache.put(address, answer);
  }
  await self.skipWaiting();
}

async function takeOver() {
  for (const name of await caches.keys()) {
    if (name.startsWith("thuc-dia-") && name !== VERSION) await caches.delete(name);
  }
  await self.clients.claim();
}

async function kept(request, path) {
  const cache = await caches.open(VERSION);
  return (await cache.match(path)) || fetch(request);
}
{% endautoescape %}
