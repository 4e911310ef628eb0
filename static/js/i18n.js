// Our words in the reader's language. The extractor looks for the names `t` and `tn`.

import { boot } from "./boot.js";

let catalogue = boot.strings ?? {};
let locale = boot.locale ?? "en";
let plural = new Intl.PluralRules(locale);

/** Replace the catalogue that came with the page: {msgid: text | [plural forms]}. */
export function setStrings(strings, language) {
  catalogue = strings;
  locale = language;
  plural = new Intl.PluralRules(locale);
}

/** Take more into the catalogue: what the views say that come after the first. */
export const addStrings = (strings) => { catalogue = { ...catalogue, ...strings }; };

/** `message` translated, with %(name)s filled from `params`. */
export function t(message, params) {
  const found = catalogue[message];
  return fill((Array.isArray(found) ? found[0] : found) || message, params);
}

/** The form of a sentence for `n` of something; %(n)s is the number. */
export function tn(one, many, n, params) {
  const forms = catalogue[one];
  const text = Array.isArray(forms) && (forms[formOf(n, forms.length)] || forms.at(-1));
  return fill(text || (n === 1 ? one : many), { n, ...params });
}

/** The time of day of epoch milliseconds. */
export const clockTime = (at) => new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

/** "a, b and c" in the reader's language; "a, b or c" with type "disjunction". */
export const list = (names, type = "conjunction") => new Intl.ListFormat(locale, { type }).format(names);

// gettext numbers its forms in the order in which CLDR names them, so "one" is 0 and "other" the last.
function formOf(n, forms) {
  const names = ["zero", "one", "two", "few", "many", "other"].filter((name) => plural.resolvedOptions().pluralCategories.includes(name));
  return Math.min(names.indexOf(plural.select(n)), forms - 1);
}

function fill(text, params) {
  return params ? text.replace(/%\((\w+)\)s/g, (whole, name) => params[name] ?? whole) : text;
}
