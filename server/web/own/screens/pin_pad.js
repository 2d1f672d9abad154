// Six digits before her own data: chosen by herself the first time, and said twice then.

import { useState } from "preact/hooks";
import { t } from "/static/translate.js";
import { html } from "/tablet/app/html.js";
import { givePin } from "../state/acts.js";
import { view } from "../state/model.js";

const DIGITS = 6;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "⌫"];

export function PinPad({ offline }) {
  const [typed, setTyped] = useState("");
  const [first, setFirst] = useState(null);
  const [isNew, setNew] = useState(!view.value.has_pin);
  const [trouble, setTrouble] = useState("");
  const judge = async (pin) => {
    setTyped("");
    if (isNew && first === null) return void (setTrouble(""), setFirst(pin));
    if (isNew && pin !== first) return void (setFirst(null), setTrouble(t("The two weren't the same. Choose again.")));
    const answer = await givePin(pin, isNew);
    setFirst(null);
    if (answer.code === "pin_missing") setNew(true);
    if (answer.code === "pin_exists") setNew(false);
    setTrouble(answer.status === 204 ? "" : sayTrouble(answer));
  };
  const press = (key) => {
    const next = key === "⌫" ? typed.slice(0, -1) : typed + key;
    if (next.length === DIGITS) judge(next);
    else setTyped(next);
  };
  return html`<p>${isNew ? first === null ? t("This is yours alone. Choose six digits that only you know.") : t("The same six digits once more.") : t("This is yours alone. Your six digits, please.")}</p>
    ${offline && html`<p class="calm">${t("Your path needs a network, so that nobody reads it on a lost phone.")}</p>`}
    <p class="typed" aria-label=${t("{n} of 6 digits", { n: typed.length })} role="img">${"●".repeat(typed.length)}${"○".repeat(DIGITS - typed.length)}</p>
    <p role="alert">${trouble}</p>
    <div class="pad" role="group" aria-label=${t("Number keys")}>${KEYS.map((key) => (key === "" ? html`<span></span>`
      : html`<button type="button" key=${key} class="key" aria-label=${key === "⌫" ? t("Delete") : key} onClick=${() => press(key)}>${key}</button>`))}</div>
    <p>${t("Forgotten? Your trainer can let you choose new ones.")}</p>`;
}

function sayTrouble({ status, code, waitS }) {
  if (status === 0) return t("There is no network now.");
  if (status === 429) return t("Too many wrong tries. Wait {seconds} s, then try again.", { seconds: waitS });
  if (code === "pin_unfit") return t("Others would guess these digits. Choose other ones.");
  if (code === "pin_missing") return t("There are no digits of yours any more. Choose new ones.");
  if (code === "pin_exists") return t("You have chosen digits already. Give those.");
  return status === 401 ? t("These aren't your digits.") : t("That didn't work now. Try again in a moment.");
}
