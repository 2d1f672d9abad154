// Which of a sentence's forms goes with a number, by CLDR's rules. Pure.

const FORMS = ["zero", "one", "two", "few", "many", "other"]; // CLDR's order, as in .po files

/** @param {string} language @param {number} n @param {number} nForms in its catalogue */
export function formOf(language, n, nForms) {
  const rules = new Intl.PluralRules(language);
  const known = rules.resolvedOptions().pluralCategories;
  const place = FORMS.filter((form) => known.includes(form)).indexOf(rules.select(n));
  return Math.min(place, nForms - 1);
}
