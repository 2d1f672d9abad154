// A list that was left for one of its rows comes back where it was.

import { useLayoutEffect, useRef } from "preact/hooks";

/** @param {{current: number}} place px from the top, kept by what outlives the list
 * @returns {object} ref of the list: it scrolls itself, or in a drawer with all that stands over it */
export function useScrollPlace(place) {
  const list = useRef(null);
  useLayoutEffect(() => {
    const scrolls = list.current.closest(".drawer-body") ?? list.current;
    const note = () => (place.current = scrolls.scrollTop);
    scrolls.scrollTop = place.current;
    scrolls.addEventListener("scroll", note);
    return () => scrolls.removeEventListener("scroll", note);
  }, []);
  return list;
}

export const beginAtTop = () => ({ current: 0 });
