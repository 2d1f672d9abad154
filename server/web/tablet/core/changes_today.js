// What tonight's prescriptions change against the evening before, counted in people. Pure.

/** @typedef {{up: string[], down: string[], stay: string[]}} Moves codes, each at most once in a list */

const AXES = ["band", "repetitions", "duration"];

/**
 * @param {{[code: string]: {[exercise: string]: object}}} prescriptions as the bundle has them
 * @returns {{moves: {[axis: string]: Moves}, types: {from: string, to: string, codes: string[]}[]}}
 * `moves` has an axis only where somebody moves on it; who stays on the band is who has one and keeps it
 */
export function findChanges(prescriptions) {
  const all = Object.entries(prescriptions)
    .flatMap(([code, own]) => Object.values(own).map((one) => ({ ...one, code })));
  const moves = {};
  for (const axis of AXES) {
    const up = listCodes(all, (one) => one.axis === axis && one.decision === "step_up");
    const down = listCodes(all, (one) => one.axis === axis && one.decision === "step_down");
    const moved = [...up, ...down];
    const stay = listCodes(all, (one) => (axis === "band" ? Boolean(one.band) : true)).filter((code) => !moved.includes(code));
    if (moved.length > 0) moves[axis] = { up, down, stay };
  }
  return { moves, types: listTypes(all) };
}

const listCodes = (all, wanted) => [...new Set(all.filter(wanted).map(({ code }) => code))];

/** Another exercise instead of the one before, by both names, with who gets it. */
function listTypes(all) {
  const found = new Map();
  for (const { code, axis, decision, name, stay } of all) {
    if (axis !== "type" || !["step_up", "step_down"].includes(decision) || !stay) continue;
    const key = JSON.stringify([stay.name, name]);
    if (!found.has(key)) found.set(key, { from: stay.name, to: name, codes: [] });
    if (!found.get(key).codes.includes(code)) found.get(key).codes.push(code);
  }
  return [...found.values()];
}
