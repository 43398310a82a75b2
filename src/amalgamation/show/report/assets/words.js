/* Words and numbers in the reader's language. In: the catalogue. Out: text. */

const catalogue = JSON.parse(document.getElementById("words").textContent);
let language = "en";

export function allLanguages() {
  return Object.keys(catalogue);
}

/* What a language calls itself. */
export function languageName(code) {
  return catalogue[code]["language.name"];
}

export function currentLanguage() {
  return language;
}

/* The address may name a language (report.html#ru); else the run's, if one was asked for; else
   the browser's, else the first. */
export function guessLanguage(asked) {
  const wanted = [location.hash.slice(1), asked, ...navigator.languages].map((tag) => tag.slice(0, 2));
  chooseLanguage(wanted.find((code) => code in catalogue) ?? allLanguages()[0]);
}

export function chooseLanguage(code) {
  language = code;
  document.documentElement.lang = code;
}

/* Whose way of writing numbers a language takes: browsers say that they know Kazakh, and write
   its numbers as English ones; the Russian way is the same. */
function numerals() {
  return catalogue[language]["language.numbers"];
}

function knows(key) {
  return key in catalogue[language];
}

/* A key whose words change with a number has one key per form: units.one, units.other. */
export function say(key, values = {}) {
  const words = catalogue[language];
  const form = "n" in values ? `${key}.${new Intl.PluralRules([language, "en"]).select(values.n)}` : key;
  const text = words[form] ?? words[`${key}.other`] ?? words[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name];
    return typeof value === "number" ? figure(value) : String(value ?? "");
  });
}

/* Whole numbers and large ones without decimals, others with three digits that count. */
export function figure(value, digits = 3) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return "∞";
  const whole = Number.isInteger(value) || Math.abs(value) >= 1000;
  const form = whole && digits <= 3 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: digits };
  // a half goes to the even digit, as in what `amalgamation measure` prints
  form.roundingMode = "halfEven";
  return new Intl.NumberFormat(numerals(), form).format(value);
}

/* A change: with its sign, else as a figure. */
export function signed(value) {
  const text = figure(value);
  return value > 0 ? `+${text}` : text;
}

export function decimals(value, places) {
  const form = { minimumFractionDigits: places, maximumFractionDigits: places };
  return new Intl.NumberFormat(numerals(), form).format(value);
}

export function unitWord(unit) {
  const number = unit.match(/\d+$/);
  const key = `unit.${number ? unit.replace(number[0], "#") : unit}`;
  if (knows(`unit.${unit}`)) return say(`unit.${unit}`);
  return knows(key) ? say(key, { number: number?.[0] }) : unit;
}

export function amount(value, unit, digits) {
  const text = figure(value, digits);
  const word = unit ? unitWord(unit) : "";
  return word && value !== null && value !== undefined ? `${text}\u00a0${word}` : text;
}

/* A name from the data (attribute, tier, type, status): in words where the catalogue knows it. */
export function wordFor(name) {
  if (knows(`name.${name}`)) return say(`name.${name}`);
  const spaced = name.replaceAll("_", " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function countryName(country) {
  return knows(`country.${country}`) ? say(`country.${country}`) : country;
}

/* Titles of measures come with the data, in every language. */
export function measureTitle(measure) {
  return measure.titles[language];
}

/* Sentences of the program likewise; those that the catalogue lacks are English in each. */
export function told(sentences) {
  return sentences[language];
}
