// What every page has around it: header, language, light and dark, messages.
import { h, button } from './dom.js';
import { t, choose, current, other } from './i18n.js';
import { words } from './api.js';

const THEME = 'storefront.theme';
const SAID = 3; // messages at a time
if (localStorage.getItem(THEME)) document.documentElement.dataset.theme = localStorage.getItem(THEME);

let draw = () => {};
let links = () => [];
export const main = h('main', { id: 'main', tabindex: '-1' });
const header = h('header', { class: 'top' });
const footer = h('footer');
const toasts = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });

// Sets the page up; both functions are called again when the language changes.
export function frame(navigation, render) {
  links = navigation;
  draw = render;
  document.body.replaceChildren(h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); main.focus(); } }, t('skip')), header, main, footer, toasts);
  chrome();
  render();
}

export function chrome() {
  document.title = t('title');
  const dark = document.documentElement.dataset.theme === 'dark'
    || (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches);
  const held = [...header.querySelectorAll('a, button')].indexOf(document.activeElement);
  header.replaceChildren(h('div', { class: 'top-in' },
    h('a', { class: 'brand', href: './' }, h('img', { src: 'icon.svg', alt: '' }), t('title')),
    h('nav', { 'aria-label': t('navigation') }, links().map(([href, text, here]) => h('a', { href, 'aria-current': here ? 'page' : undefined }, text))),
    h('div', { class: 'tools' },
      h('button', { class: 'quiet', lang: other(), onclick: () => { choose(other()); chrome(); draw(); } }, current() === 'ko' ? 'English' : '한국어'),
      h('button', { class: 'quiet', 'aria-label': dark ? t('light') : t('dark'), title: dark ? t('light') : t('dark'), onclick: () => theme(dark ? 'light' : 'dark') }, dark ? '☀' : '☾'))));
  if (held >= 0) header.querySelectorAll('a, button')[held]?.focus();
  footer.replaceChildren(h('div', null, h('span', null, t('footer')), h('a', { href: './' }, t('shop')), h('a', { href: 'admin.html' }, t('backoffice')), h('a', { href: 'operations.html' }, t('operations')), h('a', { href: 'openapi.json' }, 'OpenAPI')));
}

function theme(chosen) {
  document.documentElement.dataset.theme = chosen;
  localStorage.setItem(THEME, chosen);
  chrome();
}

// Draws the page again; while it does, assistive technology is told to wait.
export async function drawing(draw) {
  main.setAttribute('aria-busy', 'true');
  try {
    await draw();
  } finally {
    main.removeAttribute('aria-busy');
  }
}

// What has gone well leaves nothing to be seen of what went wrong before.
export function say(text, bad) {
  if (!bad) toasts.querySelectorAll('.bad').forEach(old => old.remove());
  const toast = h('div', { class: bad ? 'toast bad' : 'toast' }, text);
  toasts.append(toast);
  while (toasts.children.length > SAID) toasts.firstChild.remove();
  setTimeout(() => toast.remove(), bad ? 7000 : 4000);
}

// Does something; tells the customer why if it is refused. True if it was done.
export async function attempt(does) {
  try {
    await does();
    return true;
  } catch (refusal) {
    if (!refusal.code) console.error(refusal);
    say(words(refusal), true);
    return false;
  }
}

// Does something, shows what has become of it, and then says so: what is said can be seen.
export const told = (does, again, said) => attempt(async () => {
  const answer = await does();
  try {
    await again();
  } finally {
    say(said(answer));
  }
});

// What is shown in place of what could not be shown, and why.
export const unable = (refusal, again) => h('div', { class: 'empty card' }, h('p', { role: 'alert' }, words(refusal)), h('div', { class: 'row centre' }, button(t('retry'), again)));

// Asks for the admin token, which comes behind # or from a form, and is kept until the tab is closed.
export function staffToken(render) {
  const sent = decoded(location.hash.slice(1));
  if (sent) {
    sessionStorage.setItem('storefront.token', sent);
    history.replaceState(null, '', location.pathname);
  }
  const token = sessionStorage.getItem('storefront.token');
  if (token) return token;
  const input = h('input', { name: 'token', type: 'password', autocomplete: 'off', required: true });
  main.replaceChildren(h('form', { class: 'card stack gate', onsubmit: event => { event.preventDefault(); sessionStorage.setItem('storefront.token', input.value); render(); } },
    h('h1', null, t('token.title')), h('p', null, t('token.text')), h('label', null, t('token'), input), h('button', { class: 'main' }, t('token.go'))));
  return null;
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch (malformed) {
    return text;
  }
}

export function forgetToken() {
  sessionStorage.removeItem('storefront.token');
}

export { button };
