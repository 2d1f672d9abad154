// What can go wrong in a practised evening: made by `python -m tests.update_troubles` from
// protocol/evening_troubles.py, which simulated evenings are held to. Not edited by hand. Pure.

/** `concerns`: one woman, a pair, or everybody; `ends`: somebody in the room can put it right. */
export const TROUBLES = [
  { name: "pod_off", concerns: "woman", ends: true },
  { name: "contact_loss", concerns: "woman", ends: true },
  { name: "battery_low", concerns: "woman", ends: false },
  { name: "straps_swapped", concerns: "pair", ends: true },
  { name: "kill_gateway", concerns: "everybody", ends: true },
  { name: "server_away", concerns: "everybody", ends: true },
  { name: "unwell", concerns: "woman", ends: false },
  { name: "latecomer", concerns: "woman", ends: false },
  { name: "effort_jump", concerns: "woman", ends: false },
  { name: "contradiction", concerns: "woman", ends: false },
];
