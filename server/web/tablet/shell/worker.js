// Registers the service worker, which makes the app open without a network, and says when a newer
// one waits. It never takes over by itself: a session isn't the moment for other files.

import { signal } from "@preact/signals";

const WORKER = "/tablet/service-worker.js";

/** "none": not here; "installing"; "ready": the app opens without a network. */
export const offlineReady = signal("none");
export const newerWaits = signal(false);

export async function registerWorker() {
  if (!navigator.serviceWorker) return;
  offlineReady.value = navigator.serviceWorker.controller ? "ready" : "installing";
  const registration = await navigator.serviceWorker.register(trustedPath(), { scope: "/tablet/" });
  navigator.serviceWorker.ready.then(() => (offlineReady.value = "ready"));
  const look = () => (newerWaits.value = Boolean(registration.waiting && registration.active));
  registration.addEventListener("updatefound", () =>
    registration.installing?.addEventListener("statechange", look));
  look();
}

// A worker's address is a place where script comes from; browsers with Trusted Types ask for a name.
function trustedPath() {
  const policy = globalThis.trustedTypes?.createPolicy("doseline-worker", {
    createScriptURL: () => WORKER,
  });
  return policy ? policy.createScriptURL("") : WORKER;
}

/** Take the newer files: only asked for when no session runs. */
export async function useNewer() {
  const registration = await navigator.serviceWorker.getRegistration("/tablet/");
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
  registration?.waiting?.postMessage("take over");
}
