// In place of screens/effort_where.js: the same words; and who is asked now answers, in the band on top.

import { sayWhere as sayPlace } from "../../screens/effort_where.js";
import { noteAsked } from "../state/voices.js";

export function sayWhere(code, round, asked) {
  queueMicrotask(() => noteAsked(code, round)); // not while the sheet is drawn
  return sayPlace(code, round, asked);
}
