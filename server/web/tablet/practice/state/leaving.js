// Leaving a practice: what was practised is gone, and the tablet is where it was before.

import { openDatabase } from "../../shell/database.js";
import { empty, openServer } from "../shell/stores.js";

export async function leavePractice() {
  localStorage.removeItem("practice");
  await empty(await openDatabase());
  await empty(await openServer());
  location.replace("/tablet/");
}
