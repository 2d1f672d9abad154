// Registers the service worker, which makes the app open without a network, and says when a newer
// one waits. It never takes over by itself: a session isn't the moment for other files.

import { signal } from "@preact/signals";

const WORKER = "/tablet/service-worker.js";

/** "none": not here yet; "untrusted": never at this address as it is; "installing"; "ready": the app
 * opens without a network. */
export const offlineReady = signal("none");
export const newerWaits = signal(false);

/** The app opens without a network once its files are kept; what hinders that is said, not thrown. */
export async function registerWorker() {
  if (!navigator.serviceWorker) return void (offlineReady.value = "untrusted");
  offlineReady.value = navigator.serviceWorker.controller ? "ready" : "installing";
  navigator.serviceWorker.ready.then(() => (offlineReady.value = "ready"));
  await navigator.serviceWorker.register(trustedPath(), { scope: "/tablet/" })
    .then(followNewer, giveUp);
}

function followNewer(registration) {
  const look = (state) => {
    newerWaits.value = Boolean(registration.waiting && registration.active);
    if (state === "redundant") giveUp(); // a file that didn't come, or no room for it
  };
  const follow = () => registration.installing
    ?.addEventListener("statechange", ({ target }) => look(target.state));
  registration.addEventListener("updatefound", follow);
  follow();
  look();
}

// An older worker may still serve what it kept, also where this page came past it by a hard reload.
async function giveUp(error) {
  const registration = await navigator.serviceWorker.getRegistration("/tablet/");
  if (!registration?.active) offlineReady.value = error?.name === "SecurityError" ? "untrusted" : "none";
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
