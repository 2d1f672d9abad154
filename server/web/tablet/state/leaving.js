// An odd line that a person leaves as it is: a note says so, with who and when, and then the line goes.

import { t } from "/static/translate.js";
import { enter } from "./entering.js";
import { state } from "./model.js";

const sayLeft = (sentence) => t("Left so: {what}", { what: sentence });

const notesAbout = (about) => (about === "session" ? state.value.notes : state.value.people[about]?.notes) ?? [];

/** Whether somebody left exactly that: with another number in it, it is asked again. */
export const isLeft = (about, sentence) => notesAbout(about).some(({ text }) => text === sayLeft(sentence));

/** @param {string} about a participant's code, or "session" */
export const leaveSo = (about, sentence) =>
  enter(() => (isLeft(about, sentence) ? [] : [{ kind: "note", about, value: { text: sayLeft(sentence) } }]), sayLeft(sentence));
