// What a code on a strap says. The label holds the serial, as it is printed on the sensor. Pure.

/**
 * @param {string} text of the code @param {{serial: string}[]} straps on the roster
 * @returns {{serial: string|null, said: string}} serial null: no strap of the roster; `said` is what the
 *   code holds, short enough to be shown
 */
export function readScanned(text, straps) {
  const said = text.trim().toUpperCase();
  const known = straps.some(({ serial }) => serial === said);
  return { serial: known ? said : null, said: said.slice(0, 32) };
}

/** Why a camera doesn't come, by the error's name (w3.org/TR/mediacapture-streams, getUserMedia). */
export function nameCameraTrouble(errorName) {
  if (errorName === "NotAllowedError" || errorName === "SecurityError") return "refused";
  if (errorName === "NotReadableError" || errorName === "AbortError") return "busy";
  return "none";
}
