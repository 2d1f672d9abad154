// Values compared as JSON: the order of keys says nothing. Pure.

/** @param {any} value JSON @returns {string} equal for equal values */
export function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

export const isSame = (one, other) => canonical(one) === canonical(other);
