// The scales of exertion: what may be tapped. Pure.

export const BORG = Array.from({ length: 15 }, (_, place) => place + 6); // 6 to 20, Borg 1970
export const CR10 = [0, 0.3, 0.5, 0.7, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10]; // Borg 1998

/** @param {string} scale @returns {number[]} what may be tapped */
export const numbersOf = (scale) => (scale === "cr10" ? CR10 : BORG);
