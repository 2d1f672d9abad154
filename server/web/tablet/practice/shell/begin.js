// Runs in the real app, on T2: gives a new practice the plan and nothing about anybody, and goes there.

import { keep, openDatabase } from "../../shell/database.js";
import { STORE } from "../core/names.js";
import { chooseSigns } from "../core/women.js";
import { empty, openServer } from "./stores.js";

/** @param {object} evening the kept bundle @param {string} trainer who taps @param {string} session a new id */
export async function beginPractice(evening, trainer, session) {
  const handed = { ...handOver(evening, trainer, session), ...(await readLanguage()) };
  const [store, server] = [await openDatabase(STORE), await openServer()];
  await empty(store);
  await empty(server);
  await keep(store, "handed", handed);
  await keep(store, "actor", { name: trainer, role: "trainer", sinceMs: handed.startMs });
  store.close();
  server.close();
  localStorage.practice = new Date().toISOString(); // main.js comes back by it
  location.assign("/tablet/practice/");
}

/** @returns {import("../core/bundle.js").Handed} */
function handOver({ planned, effort, rotation, safety, people, sessions }, trainer, session) {
  const { hr_ceiling_bpm = null, rpe_look = null, rpe_act = null } = safety ?? {};
  return {
    seed: crypto.getRandomValues(new Uint32Array(1))[0],
    startMs: Date.now(),
    session,
    trainer,
    study: "PRACTICE",
    planned,
    nSessions: sessions.length,
    effort,
    askedAfter: rotation?.asked_after ?? null,
    limits: { hr_ceiling_bpm, rpe_look, rpe_act, signed_by: null, sha256: null },
    signs: chooseSigns(people.map(({ sign }) => sign)),
  };
}

// The practice's page may ask for nothing but scripts: its language comes with it.
async function readLanguage() {
  const language = document.documentElement.lang;
  const english = { language: "en", direction: "ltr", catalogue: null };
  if (language === "en") return english;
  const answer = await fetch(`/catalogue/${language}.json`).catch(() => null);
  return answer?.ok ? { language, direction: document.documentElement.dir, catalogue: await answer.json() } : english;
}
