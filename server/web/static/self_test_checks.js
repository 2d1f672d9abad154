// What the device itself can do. Nothing here relies on a name that only a trusted address has.

import { t } from "/static/translate.js";
import { absent, bad, ok } from "/static/self_test_result.js";

const WORKER = "/self-test/worker.js";
const SCOPE = "/self-test/";
const TAKES_OVER_WITHIN_MS = 8000;
const TRIAL = "doseline-self-test";

const untrusted = () => t("This address isn't trusted here. You can run a session, but if Wi-Fi drops you'll need paper. Follow How to trust this server, below.");

/** Who passes a browser's warning is in a "secure context" all the same; a worker is refused there.
 * @param {Promise<{untrusted?: boolean}>} worker what came of keeping the app */
export async function checkSecure(worker) {
  if (globalThis.isSecureContext !== true) return bad(untrusted());
  if ((await worker).untrusted) return bad(t("The page is encrypted, but this browser doesn't trust the address: somebody passed its warning."));
  return ok(t("The browser takes this address for a secure one."));
}

export async function checkWorker() {
  const workers = navigator.serviceWorker;
  if (!workers) return absent(untrusted());
  try {
    const registration = await workers.register(nameWorker(), { scope: SCOPE });
    const taken = await waitForControl(workers);
    await registration.unregister();
    return taken ? ok(t("The app can be kept here and opens without Wi-Fi.")) : bad(t("The browser was slow to keep the app. Close other tabs and test again."));
  } catch (error) {
    return { ...bad(untrusted()), untrusted: error.name === "SecurityError" };
  }
}

function waitForControl(workers) {
  const isOurs = () => workers.controller?.scriptURL.endsWith(WORKER) === true;
  if (isOurs()) return true;
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), TAKES_OVER_WITHIN_MS);
    workers.addEventListener("controllerchange", () => isOurs() && resolve(true));
  });
}

// A worker's address is a place where script comes from; browsers with Trusted Types ask for a name.
let policy;
function nameWorker() {
  policy ??= globalThis.trustedTypes?.createPolicy("doseline-worker", { createScriptURL: () => WORKER });
  return policy ? policy.createScriptURL("") : WORKER;
}

export async function checkStorage() {
  if (!(await canKeep())) return bad(t("This browser keeps nothing: entries would be lost when it closes. Leave private browsing, or use another browser."));
  const storage = navigator.storage;
  if (!storage?.persisted) return absent(t("This browser doesn't say whether it keeps what is saved. Send everything to the server before you put the tablet away."));
  const kept = (await storage.persisted()) || (await storage.persist?.()) || false;
  const { quota = 0, usage = 0 } = (await storage.estimate?.()) ?? {};
  const room = t("Room: {n} MB.", { n: Math.floor((quota - usage) / 1e6) });
  return kept
    ? ok(`${t("What is saved here stays until it is deleted.")} ${room}`)
    : bad(`${t("The browser may clear what is saved after some days without use. Put the app on the home screen and open it from there.")} ${room}`);
}

/** Whether a store of its own can be opened. */
function canKeep() {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open(TRIAL);
      opening.onerror = () => resolve(false);
      opening.onsuccess = () => {
        opening.result.close();
        indexedDB.deleteDatabase(TRIAL);
        resolve(true);
      };
    } catch {
      resolve(false);
    }
  });
}

export async function checkAwake() {
  if (!navigator.wakeLock) return absent(t("The app can't keep this screen on. Set the screen in the device's settings to stay on as long as possible."));
  try {
    await (await navigator.wakeLock.request("screen")).release();
    return ok(t("The screen stays on during a session."));
  } catch {
    return bad(t("The system refused to keep the screen on. Charge the device, switch power saving off and test again."));
  }
}
