// A list that was left for one of its rows comes back where it was.

import { useLayoutEffect, useRef } from "preact/hooks";

/** @param {{current: number}} place px from the top, kept by what outlives the list
 * @returns {object} props of the element that scrolls */
export function useScrollPlace(place) {
  const list = useRef(null);
  useLayoutEffect(() => void (list.current.scrollTop = place.current), []);
  return { ref: list, onScroll: ({ currentTarget }) => (place.current = currentTarget.scrollTop) };
}

export const beginAtTop = () => ({ current: 0 });
