// Sentences that people read: the English one is the key, a catalogue has it in other languages.

/** @type {{language: string, sentences: Record<string, string>, plurals: Record<string, string[]>}} */
let catalogue = { language: "en", sentences: {}, plurals: {} };
let formOf = null;

/** Bring a language and show the page in it; before the first sentence. English is the source and needs
 * nothing. */
export async function loadCatalogue(language) {
  if (language === "en") return;
  const [answer, local] = await Promise.all([fetch(`/catalogue/${language}.json`), import("./local_page.js")]);
  if (!answer.ok) return;
  useCatalogue(await answer.json(), local.formOf);
  local.localisePage(language);
}

/** @param {{language: string, sentences: object, plurals: object}} content
 * @param {(language: string, n: number, nForms: number) => number} chooseForm of plural_forms.js */
export function useCatalogue(content, chooseForm) {
  catalogue = content;
  formOf = chooseForm;
}

/** The sentence with its {names} filled in. @param {string} sentence @param {object} [values] */
export function t(sentence, values = {}) {
  return fill(catalogue.sentences[sentence] ?? sentence, values);
}

/** One of two sentences, by a number, which is {n} in both. */
export function tn(one, many, n, values = {}) {
  const forms = catalogue.plurals[one];
  const text = forms ? forms[formOf(catalogue.language, n, forms.length)] : n === 1 ? one : many;
  return fill(text, { n, ...values });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
