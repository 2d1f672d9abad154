// In place of shell/database.js: the same store under another name.

import { openDatabase as openStore } from "../../shell/database.js";
import { STORE } from "../core/names.js";

export { forget, keep, readDevice, readKept, writeStrictly } from "../../shell/database.js";
export const NAME = STORE;
export const openDatabase = () => openStore(STORE);
