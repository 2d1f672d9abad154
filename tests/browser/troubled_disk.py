"""A tablet's disk that is full, or that has something else to do: for `page.evaluate`."""

from typing import Final

FULL_DISK: Final = """
() => {
  window.add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
}
"""
ROOM_AGAIN: Final = "() => void (IDBObjectStore.prototype.add = window.add)"
# Another transaction keeps the entries: for so many ms, or until the disk is let go.
BUSY_DISK: Final = """
async (ms) => {
  const open = indexedDB.open("doseline-tablet");
  await new Promise((done) => (open.onsuccess = done));
  const until = performance.now() + (ms ?? Infinity);
  const store = open.result.transaction("entries", "readwrite").objectStore("entries");
  const isKept = () => performance.now() < until && !window.letGo;
  const keep = () => isKept() && (store.count().onsuccess = keep);
  keep();
}
"""
LET_GO: Final = "() => void (window.letGo = true)"
