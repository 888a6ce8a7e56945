// Who the customer is, the balance and the history of it.
import { h, button, form, field } from './dom.js';
import { t, won, time } from './i18n.js';
import { get, patch } from './api.js';
import { told } from './frame.js';
import { newest } from './newest.js';
import { shop } from './shop.js';

const SIZE = 10;
const AMOUNTS = [10_000, 50_000, 200_000];

export async function accountView(target, page = '0') {
  const latest = newest();
  const show = at => latest(
    () => Promise.all([get(shop.path('balance')), get(shop.path(`balance/logs?size=${SIZE}&page=${at}`))]),
    ([{ balance }, history]) => target.replaceChildren(...account(balance, history, at, () => show(0))));
  await show(Number(page));
}

function account(balance, history, at, again) {
  const topUp = amount => told(() => patch(shop.path('balance'), { amount }), again, changed => t('account.toppedup', { amount: won(changed.balance) }));
  const last = Math.max(0, Math.ceil(history.total / SIZE) - 1);
  return [h('h1', null, t('account.title')), h('div', { class: 'cols' },
    h('section', { class: 'card stack' }, h('h2', null, t('account.balance')), h('p', { class: 'big' }, won(balance)),
      h('div', { class: 'row' }, AMOUNTS.map(amount => button(`+ ${won(amount)}`, () => topUp(amount)))),
      form('row', ({ amount }) => topUp(Number(amount)), field(t('account.amount'), 'amount', { type: 'number', min: 1, required: true }), h('button', { class: 'main' }, t('account.topup')))),
    h('section', { class: 'card stack' }, h('h2', null, t('account.user', { id: shop.user })), h('p', { class: 'muted' }, t('account.new.text')),
      button(t('account.new'), () => told(() => shop.become(), again, () => t('account.hello', { id: shop.user }))))),
  h('section', { class: 'card scroll' }, h('h2', null, t('account.history')),
    history.logs.length === 0 ? h('p', { class: 'muted' }, t('account.none')) : h('table', null,
      h('thead', null, h('tr', null, h('th', null, t('what')), h('th', { class: 'num' }, t('amount')), h('th', { class: 'num' }, t('after')))),
      h('tbody', null, history.logs.map(log => h('tr', null,
        h('td', null, t(`code.${log.code}`), ' ', log.refId && h('a', { href: `#/order/${log.refId}` }, t('order.title', { id: log.refId })), log.note && h('small', null, ` ${log.note}`), h('br'), h('small', null, time(log.createdAt))),
        h('td', { class: 'num' }, `${log.amount > 0 ? '+' : '−'}${won(Math.abs(log.amount))}`), h('td', { class: 'num' }, won(log.afterAmount)))))),
    last > 0 && h('div', { class: 'row between' }, at > 0 ? h('a', { class: 'button', href: `#/account/${at - 1}` }, t('prev')) : h('span'), h('small', null, t('page', { n: at + 1 })), at < last ? h('a', { class: 'button', href: `#/account/${at + 1}` }, t('next')) : h('span')))];
}
