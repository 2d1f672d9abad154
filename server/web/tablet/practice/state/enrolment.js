// In place of state/enrolment.js: in a practice nobody enrols anything, and nobody is asked.

import { signal } from "@preact/signals";

export const mayEnrol = false;
export const enrolment = signal({ name: null, isRevoked: false, isRequired: false });

export const askEnrolment = async () => {};
export const enrol = async () => ({ outcome: "failed", waitS: 0 });
export const noteRevoked = async () => {};
