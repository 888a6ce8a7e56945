// English and Korean, by the browser's language and a switch.
import { en } from './en.js';
import { ko } from './ko.js';

const LANGUAGES = { en, ko };
const STORED = 'storefront.language';
let language = localStorage.getItem(STORED);
if (!(language in LANGUAGES)) language = navigator.language?.toLowerCase().startsWith('ko') ? 'ko' : 'en';
document.documentElement.lang = language;

export const current = () => language;
export const other = () => language === 'ko' ? 'en' : 'ko';

export function choose(chosen) {
  language = chosen;
  localStorage.setItem(STORED, chosen);
  document.documentElement.lang = chosen;
}

export function t(key, values = {}) {
  const text = LANGUAGES[language][key] ?? en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const known = key => key in en;
const locale = () => language === 'ko' ? 'ko-KR' : 'en-GB';
export const won = amount => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'KRW' }).format(amount);
export const shortWon = amount => new Intl.NumberFormat(locale(), { style: 'currency', currency: 'KRW', notation: 'compact' }).format(amount);
export const number = value => new Intl.NumberFormat(locale()).format(value);
// A line does not break within the time of day.
export const time = instant => new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant)).replace(/ (?=\d+:)/, '\u00a0');
