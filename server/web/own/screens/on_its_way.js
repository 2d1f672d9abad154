// What isn't on the server yet, and what the study couldn't take: each with what happens to it.

import { t, tn } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { isOtherLanguage, othersWaiting, reached, saidIn, setAsideKinds, unsent, waiting } from "../state/model.js";
import { sayRefusal } from "./refusal_words.js";

const KINDS = { person_held: () => t("your break"), session_rpe: () => t("how hard it was"), feeling: () => t("how you feel"),
  readiness: () => t("how you were before you began"), next_day: () => t("the question of the day after") };

export const OnItsWay = () => html`<div role="status" class="way">
    ${sayRefusal() && html`<p class="calm">${sayRefusal()}</p>`}
    ${sayWaiting() && html`<p class="calm">${sayWaiting()}</p>`}
    ${setAsideKinds.value.length > 0 && html`<p class="calm">${saySetAside()}</p>`}
    ${sayLanguage() && html`<p class="calm">${sayLanguage()}</p>`}
    <${OthersWait} />
  </div>`;

/** What of a language isn't here without a network. */
function sayLanguage() {
  if (isOtherLanguage.value) return t("Your language isn't on this phone yet. Open this page again when there is a network.");
  const isHalf = saidIn.value && saidIn.value !== document.documentElement.lang && !reached.value;
  return isHalf ? t("You changed the language without a network. The names of your exercises change when there is one.") : "";
}

/** Neither whose nor what: whoever reads this is another woman, or the trainer. */
export function OthersWait() {
  const n = othersWaiting.value;
  return n > 0 && html`<p class="calm">${tn("{n} answer that somebody gave here before isn't sent yet. It is kept, and goes when she opens her own page here again.",
    "{n} answers that were given here before aren't sent yet. They are kept, and each goes when she who gave it opens her own page here again.", n)}</p>`;
}

function sayWaiting() {
  const n = waiting.value;
  if (n === 0) return reached.value ? "" : t("No network now. You see what was loaded last.");
  const how = tn("{n} answer waits for a network.", "{n} answers wait for a network.", n);
  if (!reached.value) return `${t("We couldn't send this. It's kept on your phone.")} ${how}`;
  return unsent.value ? tn("The study's computer didn't take {n} answer yet. It's kept here and sent again by itself.",
    "The study's computer didn't take {n} answers yet. They're kept here and sent again by themselves.", n) : "";
}

function saySetAside() {
  const what = [...new Set(setAsideKinds.value)].map((kind) => KINDS[kind]?.() ?? kind).join(", ");
  return t("The study couldn't take this of you: {what}. It's kept here; please tell your trainer.", { what });
}
