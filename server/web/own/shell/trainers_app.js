// The trainer's app on the same tablet: once that is handed over it asks for a PIN again. What waits there
// stays, and goes when somebody has signed in.

import { forget, openDatabase } from "/tablet/app/shell/database.js";

export async function lockTrainersApp() {
  const database = await openDatabase();
  await forget(database, "actor");
  database.close();
}
