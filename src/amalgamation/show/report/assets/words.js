/* Words and numbers in the reader's language. In: the catalogue. Out: text. */

const catalogue = JSON.parse(document.getElementById("words").textContent);
let language = "en";

export function allLanguages() {
  return Object.keys(catalogue);
}

export function currentLanguage() {
  return language;
}

/* The address may name a language (report.html#ru); else the browser's, else the first. */
export function guessLanguage() {
  const wanted = [location.hash.slice(1), ...navigator.languages].map((tag) => tag.slice(0, 2));
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

const LAST_NUMBER = /\d+(?!.*\d)/;

/* Titles of measures come with the data in English. Other languages look for the measure's
   name; then with # for its number; then with * for the attribute, tier or category in it. */
export function measureTitle(measure, nouns) {
  const plain = measure.name.replace(/_minutes$/, "_km");
  for (const name of [plain, ...nouns.map((noun) => starred(plain, noun))]) {
    const number = name.match(LAST_NUMBER);
    for (const key of [name, name.replace(LAST_NUMBER, "#")]) {
      if (!knows(`measure.${key}`)) continue;
      const noun = nouns.find((one) => starred(plain, one) === name && name !== plain);
      return say(`measure.${key}`, {
        number: number ? figure(Number(number[0])) : "",
        noun: noun ? wordFor(noun).toLowerCase() : "",
      });
    }
  }
  return measure.title;
}

function starred(name, noun) {
  return `_${name}_`.replace(`_${noun}_`, "_*_").slice(1, -1);
}
