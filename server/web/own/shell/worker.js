// Registers the service worker, which makes her view open without a network.

const WORKER = "/me/service-worker.js";

export async function registerWorker() {
  if (!navigator.serviceWorker) return;
  const policy = globalThis.trustedTypes?.createPolicy("doseline-worker", { createScriptURL: () => WORKER });
  const path = policy ? policy.createScriptURL("") : WORKER;
  await navigator.serviceWorker.register(path, { scope: "/me/" }).catch(() => {}); // then it needs a network
}
