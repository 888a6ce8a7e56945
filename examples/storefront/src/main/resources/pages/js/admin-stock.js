// Stock, the fewest available first.
import { h, form, field } from './dom.js';
import { t, number } from './i18n.js';
import { get } from './api.js';
import { attempt } from './frame.js';
import { noRow, pages } from './pages.js';
import { optionName } from './option.js';

export async function stockDesk(target, token) {
  const rows = h('tbody');
  const more = h('div');
  let most = '';
  const refresh = pages(rows, more, cursor => {
    const query = new URLSearchParams({ size: 50 });
    if (most) query.set('maxAvailable', most);
    if (cursor) query.set('cursor', cursor);
    return get(`admin/stock?${query}`, token);
  }, found => found.stock.map(({ productName, option }) => h('tr', null,
    h('td', null, productName, h('br'), h('small', null, [option.sku, optionName(option)].filter(Boolean).join(' · '))),
    h('td', { class: 'num' }, h('span', { class: option.available === 0 ? 'badge bad' : option.available <= 5 ? 'badge warn' : 'badge good' }, number(option.available))),
    ...[option.onHand, option.reserved].map(value => h('td', { class: 'num' }, number(value))))), noRow(4));
  await refresh();
  target.append(h('section', { class: 'card stack' }, h('h2', null, t('admin.stock')),
    form('row', ({ available }) => attempt(async () => { most = available; await refresh(true); }), field(t('desk.atmost'), 'available', { type: 'number', min: 0 }), h('button', null, t('find'))),
    h('div', { class: 'scroll' }, h('table', null, h('thead', null, h('tr', null, h('th', null, t('item')), ['available', 'onhand', 'reserved'].map(label => h('th', { class: 'num' }, t(label))))), rows)), more));
}
