// Users and their balances.
import { h, form, field } from './dom.js';
import { t, won } from './i18n.js';
import { get } from './api.js';
import { attempt } from './frame.js';
import { noRow, pages } from './pages.js';

const SORTS = ['ID', 'BALANCE_DOWN', 'BALANCE_UP'];

export async function usersDesk(target, token) {
  const rows = h('tbody');
  const more = h('div');
  let wanted = {};
  const refresh = pages(rows, more, cursor => {
    const query = new URLSearchParams({ size: 50, ...wanted });
    if (cursor) query.set('cursor', cursor);
    return get(`admin/users?${query}`, token);
  }, found => found.users.map(user => h('tr', null, h('td', null, user.userId), h('td', { class: 'num' }, won(user.balance)))), noRow(2));
  await refresh();
  target.append(h('section', { class: 'card stack' }, h('h2', null, t('admin.users')),
    form('grid', typed => attempt(async () => { wanted = Object.fromEntries(Object.entries(typed).filter(([, value]) => value)); await refresh(true); }),
      field(t('desk.begins'), 'prefix', { maxlength: 64 }), field(t('desk.balancefrom'), 'minBalance', { type: 'number', min: 0 }), field(t('desk.balanceto'), 'maxBalance', { type: 'number', min: 0 }),
      h('label', null, t('sort.label'), h('select', { name: 'sortBy' }, SORTS.map(sort => h('option', { value: sort }, t(`desk.sort.${sort}`))))), h('button', null, t('find'))),
    h('div', { class: 'scroll' }, h('table', null, h('thead', null, h('tr', null, h('th', null, t('desk.customer')), h('th', { class: 'num' }, t('account.balance')))), rows)), more));
}
