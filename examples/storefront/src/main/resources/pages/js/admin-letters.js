// Events that could not be delivered.
import { h, button } from './dom.js';
import { t, number, time } from './i18n.js';
import { get, post } from './api.js';
import { attempt, told } from './frame.js';
import { noRow, pages } from './pages.js';

export async function lettersDesk(target, token) {
  const rows = h('tbody');
  const more = h('div');
  const none = h('p', { class: 'note good' }, t('letters.none'));
  const all = [
    button(t('letters.retryall'), () => told(() => post('admin/dead-letters/retry', {}, token), refresh, ({ retried }) => t('letters.retried', { n: number(retried) }))),
    h('div', { class: 'scroll' }, h('table', null,
      h('thead', null, h('tr', null, h('th', null, t('when')), h('th', null, t('order')), h('th', null, t('event')), h('th', { class: 'num' }, t('tries')), h('th', null, t('error')), h('th'))), rows)),
    more];
  const section = h('section', { class: 'card stack' });
  const read = pages(rows, more, cursor => get(`admin/dead-letters?${new URLSearchParams({ size: 50, ...(cursor ? { cursor } : {}) })}`, token), found => found.deadLetters.map(line), noRow(6));
  async function refresh() {
    const found = await read();
    if (found) section.replaceChildren(h('h2', null, t('admin.letters')), h('p', { class: 'muted' }, t('letters.lead')), ...(found.deadLetters.length === 0 ? [none] : all));
  }
  // What is decided leaves the list, whichever page it is on.
  function line(letter) {
    const one = what => attempt(async () => {
      await post(`admin/dead-letters/${letter.orderId}/${what}`, {}, token);
      made.remove();
      if (!rows.hasChildNodes()) await refresh();
    });
    const made = h('tr', null, h('td', null, time(letter.occurredAt)), h('td', null, String(letter.orderId)), h('td', null, t(`event.${letter.type}`)), h('td', { class: 'num' }, String(letter.tries)), h('td', null, letter.error),
      h('td', { class: 'num' }, button(t('letters.retry'), () => one('retry')), ' ', button(t('letters.discard'), () => one('discard'), 'danger')));
    return made;
  }
  await refresh();
  target.append(section);
}
