// Events that could not be delivered.
import { h, button } from './dom.js';
import { t, number, time } from './i18n.js';
import { get, post } from './api.js';
import { attempt, told } from './frame.js';

export async function lettersDesk(target, token) {
  const { deadLetters, nextCursor } = await get('admin/dead-letters?size=100', token);
  const again = async () => { target.replaceChildren(); await lettersDesk(target, token); };
  const one = (letter, what) => attempt(async () => { await post(`admin/dead-letters/${letter.orderId}/${what}`, {}, token); await again(); });
  target.append(h('section', { class: 'card stack' }, h('h2', null, t('admin.letters')), h('p', { class: 'muted' }, t('letters.lead')),
    deadLetters.length === 0 ? h('p', { class: 'note good' }, t('letters.none')) : [
      button(t('letters.retryall'), () => told(() => post('admin/dead-letters/retry', {}, token), again, ({ retried }) => t('letters.retried', { n: number(retried) }))),
      h('div', { class: 'scroll' }, h('table', null,
        h('thead', null, h('tr', null, h('th', null, t('when')), h('th', null, t('order')), h('th', null, t('event')), h('th', { class: 'num' }, t('tries')), h('th', null, t('error')), h('th'))),
        h('tbody', null, deadLetters.map(letter => h('tr', null, h('td', null, time(letter.occurredAt)), h('td', null, String(letter.orderId)), h('td', null, t(`event.${letter.type}`)), h('td', { class: 'num' }, String(letter.tries)), h('td', null, letter.error),
          h('td', { class: 'num' }, button(t('letters.retry'), () => one(letter, 'retry')), ' ', button(t('letters.discard'), () => one(letter, 'discard'), 'danger'))))))),
      nextCursor && h('small', null, '…')]));
}
