// In place of screens/practice_key.js: in a practice there is no second one to begin.

export const PracticeKey = () => null;
