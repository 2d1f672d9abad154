// One act at a time: a second tap before the disk has answered is the same act.

import { useRef } from "preact/hooks";

/** @returns {(act: () => Promise<unknown>) => Promise<void>} */
export function useOneAct() {
  const busy = useRef(false);
  return async (act) => {
    if (busy.current) return;
    busy.current = true;
    try {
      await act();
    } finally {
      busy.current = false;
    }
  };
}
