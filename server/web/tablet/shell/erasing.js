// Everything of ours in this browser. The server's answer to a leave says the same to the browser itself
// (Clear-Site-Data); this is for those that don't listen to it.

const WAIT_MS = 3000; // for a store that another tab holds open

export async function eraseAll(database) {
  database.close();
  localStorage.clear();
  const stores = (await indexedDB.databases?.()) ?? [{ name: database.name }];
  await Promise.all(stores.map(({ name }) => deleteStore(name)));
  const kept = (await globalThis.caches?.keys().catch(() => [])) ?? [];
  await Promise.all(kept.map((name) => globalThis.caches.delete(name)));
  const workers = (await navigator.serviceWorker?.getRegistrations().catch(() => [])) ?? [];
  await Promise.all(workers.map((one) => one.unregister().catch(() => {})));
}

function deleteStore(name) {
  return new Promise((resolve) => {
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onsuccess = deleting.onerror = () => resolve();
    setTimeout(resolve, WAIT_MS);
  });
}
