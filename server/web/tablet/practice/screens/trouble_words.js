// What each trouble is called, what happens, what the trainer should see, and what is done about it in the room.

import { t } from "/static/translate.js";
import { signCode } from "../../state/people.js";

/** @typedef {{name: string, happens: string, see: string, done: string|null}} Words
 * @type {Record<string, (who: {who: string, other: string}) => Words>} */
const WORDS = {
  pod_off: (who) => ({ name: t("A strap falls off"), happens: t("{who}'s strap lies on the floor.", who),
    see: t("After ten seconds her tile says Lost and counts; after a minute it gets an edge and a tone. Give her another strap, or put it back on."),
    done: t("I put it back on") }),
  contact_loss: (who) => ({ name: t("No contact"), happens: t("{who}'s strap has slipped and is dry.", who),
    see: t("Her tile says No contact? and shows no heart rate. Sets and effort go on."), done: t("I wetted and tightened it") }),
  battery_low: (who) => ({ name: t("Battery low"), happens: t("{who}'s strap has 8 % left.", who),
    see: t("Her tile says Battery 8 %. It lasts tonight: change it after the session."), done: null }),
  straps_swapped: (who) => ({ name: t("Two straps are swapped"), happens: t("{who} and {other} wear each other's strap.", who),
    see: t("After five seated minutes, or after five stations, the tablet may ask: Is this strap hers? Read both numbers."), done: t("They changed straps back") }),
  kill_gateway: () => ({ name: t("The gateway is away"), happens: t("Somebody pulled the gateway's plug."),
    see: t("The line on top says Gateway silent, and all tiles say Lost. Clock, sets and effort go on."), done: t("I plugged it in again") }),
  server_away: () => ({ name: t("The Wi-Fi is away"), happens: t("The Wi-Fi is gone."),
    see: t("The line on top says Server away, and what waits grows. Go on: when it is back, all of it is sent by itself."), done: t("The Wi-Fi is back") }),
  unwell: (who) => ({ name: t("A woman feels unwell"), happens: t("{who} says: everything turns, I must sit down.", who),
    see: t("Nothing on the tablet: you hear it. STOP, tap her, say what it is."), done: null }),
  latecomer: (who) => ({ name: t("A latecomer"), happens: t("{who} stands in the door and is late.", who),
    see: t("Her tile still waits. Give her a strap; in the circuit she is offered a short warm-up."), done: null }),
  effort_jump: (who) => ({ name: t("Effort jumps from highest to lowest"), happens: t("{who} will say the highest number, and the lowest when she is asked next.", who),
    see: t("After the high number her tile asks for a look. Enter what she says, and look at her."), done: null }),
  contradiction: (who) => ({ name: t("A second tablet contradicts"), happens: t("Another tablet sent another effort of {who} for the same round.", who),
    see: t("To decide grows by one: at the close, under 2 Check, both stand side by side until you choose."), done: null }),
};

/** @param {string} name @param {{who?: string, other?: string}} [about] @returns {Words} */
export const sayTrouble = (name, { who = "", other = "" } = {}) => WORDS[name]({ who, other });

/** @param {{code: string|null, other: string|null}} trouble */
export const sayWhom = ({ code, other }) => ({ who: nameOne(code), other: nameOne(other) });
const nameOne = (code) => ((code ?? null) === null ? "" : signCode(code));
