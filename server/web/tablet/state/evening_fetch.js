// Brings everything for one evening while there is a server, and forgets people at its end. Names,
// emergency cards and PIN verifiers are split off first.

import { batch, effect } from "@preact/signals";
import { chooseTonight } from "../core/tonight.js";
import { call } from "../shell/api.js";
import { keep } from "../shell/database.js";
import { learnTime, readNowMs } from "../shell/time.js";
import { destroy, seal } from "../shell/vault.js";
import { showEvening } from "./evening.js";
import { bundle, cards, goesOn, names, server, sessionId, state } from "./model.js";
import { closedHere } from "./tonight.js";

/** Whether it came: what is on the tablet stays until something newer is here. */
export async function fetchEvening(database) {
  const own = goesOn() ? `?session=${sessionId.value}` : ""; // another one of today may be nearer by now
  const answer = await call("GET", `/api/v1/tablet/bundle${own}`);
  learnTime(answer);
  if (answer.status !== 200 || !Array.isArray(answer.body?.people)) return false;
  const { open, people, verifiers } = split(answer.body);
  const isTonight = goesOn() || chooseTonight(open.sessions, readNowMs(), closedHere.value) !== null;
  if (isTonight) await seal(database, "people", people);
  else await destroy(database, "people"); // nobody is named on a tablet without a session
  await seal(database, "verifiers", verifiers);
  await keep(database, "bundle", open);
  showEvening(open, isTonight ? people : { names: {}, cards: {} });
  return true;
}

/** Limits that were signed or withdrawn since, and what was said of jumps in another session: told with
 * every answer of the server, fetched once. A fetch that failed is tried again at the server's next sign
 * of life. After close nobody is fetched. */
export function watchTold(database) {
  let isFetching = false;
  return effect(() => {
    if (isFetching || !isNews(server.value, bundle.peek()) || state.peek().closed) return;
    isFetching = true;
    fetchEvening(database).finally(() => (isFetching = false));
  });
}

const isNews = ({ limits, signoffs }, known) => limits !== undefined &&
  (limits !== (known?.safety?.sha256 ?? null) || signoffs !== known?.signoffs_n);

/** At close: nobody's name or emergency card stays on the tablet. */
export async function forgetPeople(database) {
  await destroy(database, "people");
  batch(() => {
    names.value = {};
    cards.value = {};
  });
}

function split(whole) {
  const { people, emergency_cards: emergency, staff, ...rest } = whole;
  const open = {
    ...rest,
    people: people.map(({ first_name, ...person }) => person),
    staff: staff.map(({ verifier, ...person }) => person),
  };
  const named = people.filter(({ first_name }) => first_name);
  return {
    open,
    people: {
      names: Object.fromEntries(named.map(({ code, first_name }) => [code, first_name])),
      cards: emergency ?? {},
    },
    verifiers: { serverUtc: whole.server_utc, of: Object.fromEntries(staff.map((s) => [s.name, s.verifier])) },
  };
}
