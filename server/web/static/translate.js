// Sentences that people read: the English one is the key, a catalogue has it in other languages.

const FORMS = ["zero", "one", "two", "few", "many", "other"]; // CLDR's order, as in .po files

/** @type {{language: string, sentences: Record<string, string>, plurals: Record<string, string[]>}} */
let catalogue = { language: "en", sentences: {}, plurals: {} };

/** Bring a language; before the first sentence is shown. English is the source and needs none. */
export async function loadCatalogue(language) {
  if (language === "en") return;
  const answer = await fetch(`/catalogue/${language}.json`);
  if (answer.ok) useCatalogue(await answer.json());
}

/** @param {{language: string, sentences: object, plurals: object}} content */
export function useCatalogue(content) {
  catalogue = content;
}

/** The sentence with its {names} filled in. @param {string} sentence @param {object} [values] */
export function t(sentence, values = {}) {
  return fill(catalogue.sentences[sentence] ?? sentence, values);
}

/** One of two sentences, by a number, which is {n} in both. */
export function tn(one, many, n, values = {}) {
  const forms = catalogue.plurals[one];
  const text = forms ? forms[formOf(n, forms.length)] : n === 1 ? one : many;
  return fill(text, { n, ...values });
}

function formOf(n, nForms) {
  const rules = new Intl.PluralRules(catalogue.language);
  const known = rules.resolvedOptions().pluralCategories;
  const place = FORMS.filter((form) => known.includes(form)).indexOf(rules.select(n));
  return Math.min(place, nForms - 1);
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
