// Everybody's orders: found, looked into, labelled, cancelled, given back in part.
import { h, add, button, form, field } from './dom.js';
import { t, won, number, time } from './i18n.js';
import { get, post, patch } from './api.js';
import { attempt, told } from './frame.js';
import { newest } from './newest.js';
import { noRow, pages } from './pages.js';

const LOOKS = { PENDING: 'badge warn', PAID: 'badge good', CANCELLED: 'badge', EXPIRED: 'badge bad' };
const badge = status => h('span', { class: LOOKS[status] }, t(`status.${status}`));
const wanted = {};

export async function ordersDesk(target, token) {
  const rows = h('tbody');
  const more = h('div');
  const opened = h('div', { class: 'stack' });
  const latest = newest();
  const show = id => latest(() => get(`admin/orders/${id}`, token), found => opened.replaceChildren(orderCard(found, token, async () => { await show(id); await refresh(); })));
  const page = cursor => {
    const query = new URLSearchParams({ size: 20, ...wanted });
    if (cursor) query.set('cursor', cursor);
    return get(`admin/orders?${query}`, token);
  };
  const open = id => attempt(async () => {
    await show(id);
    opened.scrollIntoView({ block: 'nearest' });
  });
  const refresh = pages(rows, more, page, found => found.orders.map(order => h('tr', null,
    h('td', null, h('b', null, String(order.orderId))),
    h('td', null, order.lines.map(line => `${line.productName} × ${number(line.quantity)}`).join(', '), h('br'), h('small', null, [t('account.user', { id: order.userId }), time(order.createdAt), order.reference].filter(Boolean).join(' · '))),
    h('td', { class: 'num' }, won(order.finalAmount), h('br'), badge(order.status)),
    h('td', { class: 'num' }, button(t('open'), () => open(order.orderId))))), noRow(4));

  const chips = h('div', { class: 'row', role: 'group', 'aria-label': t('status') }, ['', ...Object.keys(LOOKS)].map(status => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(status === (wanted.status ?? '')),
    onclick: event => attempt(async () => {
      set('status', status);
      chips.querySelectorAll('button').forEach(chip => chip.setAttribute('aria-pressed', String(chip === event.target)));
      await refresh(true);
    }),
  }, status ? t(`status.${status}`) : t('all'))));
  const filter = form('grid', typed => attempt(async () => {
    for (const name of ['userId', 'productId', 'reference']) set(name, typed[name]);
    set('placedFrom', typed.from && new Date(`${typed.from}T00:00`).toISOString());
    set('placedTo', typed.to && nextDay(typed.to));
    await refresh(true);
  }), field(t('desk.customer'), 'userId', { maxlength: 64, value: wanted.userId ?? '' }), field(t('desk.product'), 'productId', { type: 'number', min: 1, value: wanted.productId ?? '' }), field(t('desk.reference'), 'reference', { maxlength: 64, value: wanted.reference ?? '' }),
  field(t('desk.from'), 'from', { type: 'date' }), field(t('desk.to'), 'to', { type: 'date' }), h('button', null, t('find')));

  await refresh();
  target.append(h('section', { class: 'card stack' }, h('h2', null, t('admin.orders')), chips, filter, h('div', { class: 'scroll' }, h('table', { class: 'listed' }, rows)), more), opened);
}

function set(name, value) {
  if (value) wanted[name] = value;
  else delete wanted[name];
}

function nextDay(day) {
  const after = new Date(`${day}T00:00`);
  after.setDate(after.getDate() + 1);
  return after.toISOString();
}

function orderCard({ order, history }, token, again) {
  const id = order.orderId;
  const does = (what, said) => told(what, again, said);
  const section = h('section', { class: 'card stack' },
    h('div', { class: 'row between' }, h('h2', null, t('order.title', { id })), badge(order.status)),
    h('p', { class: 'muted' }, t('account.user', { id: order.userId })),
    h('div', { class: 'scroll' }, h('table', null, h('tbody', null,
      order.lines.map(line => h('tr', null, h('td', null, line.productName, line.returned > 0 && h('small', null, ` ${t('desk.returned', { n: number(line.returned) })}`)), h('td', { class: 'num' }, won(line.price)), h('td', { class: 'num' }, `× ${number(line.quantity)}`), h('td', { class: 'num' }, won(line.subtotal)))),
      h('tr', { class: 'sum' }, h('td', { colspan: 3 }, t(order.paidAt ? 'order.wasfinal' : 'cart.total')), h('td', { class: 'num' }, won(order.finalAmount)))))),
    form('grid', typed => does(() => patch(`admin/orders/${id}`, { reference: typed.reference, note: typed.note }, token), () => t('admin.saved')),
      field(t('desk.reference'), 'reference', { maxlength: 64, value: order.reference ?? '' }), field(t('note'), 'note', { maxlength: 1000, value: order.note }), h('button', null, t('save'))));
  if (order.status === 'PAID') {
    section.append(form('grid', typed => does(
      () => post(`admin/orders/${id}/returns`, { items: [{ line: Number(typed.line), quantity: Number(typed.quantity) }], restocked: typed.restocked === 'on', note: '' }, token),
      answer => t('desk.gaveback', { amount: won(answer.refundedAmount) })),
    h('label', null, t('item'), h('select', { name: 'line' }, order.lines.filter(line => line.returned < line.quantity).map(line => h('option', { value: line.line }, line.productName)))),
    field(t('quantity'), 'quantity', { type: 'number', min: 1, value: 1, required: true }), h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'restocked', checked: true }), t('desk.restock')), h('button', null, t('desk.giveback'))));
  }
  if (order.status === 'PAID' || order.status === 'PENDING') {
    section.append(button(t('order.cancel'), () => does(() => post(`admin/orders/${id}/cancellation`, {}, token), answer => answer.refundedAmount > 0 ? t('desk.refunded', { amount: won(answer.refundedAmount) }) : t('order.cancelled')), 'danger'));
  }
  add(section, h('h3', null, t('desk.history')), h('div', { class: 'scroll' }, h('table', null, h('tbody', null, history.map(inWords).map(entry => h('tr', null,
    h('td', null, time(entry.at)), h('td', null, entry.text, entry.more && h('small', null, ` ${entry.more}`)), h('td', { class: 'num' }, entry.amount === null || entry.amount === undefined ? '' : won(entry.amount))))))));
  return section;
}

const STEPS = { PLACED: 'desk.placed', PAID: 'status.PAID', CANCELLED: 'status.CANCELLED', EXPIRED: 'status.EXPIRED', OTHER: 'desk.other' };

// What happened to the order, in the words of the one who looks at it.
function inWords(entry) {
  const words = {
    BALANCE: () => `${t('account.balance')}: ${t(`code.${entry.what}`)}`,
    EVENT: () => `${t('event')}: ${t(`event.${entry.what}`)}`,
    PAYMENT: () => `${t('desk.payment', { id: entry.subject })}: ${t(`payment.${entry.what}`)}`,
    REFUND: () => `${t('desk.refund', { id: entry.subject })}: ${t(`refund.${entry.what}`)}`,
    RETURN: () => t('event.RETURNED'),
  };
  return { at: entry.at, amount: entry.amount, text: words[entry.kind] ? words[entry.kind]() : t(STEPS[entry.kind]), more: entry.delivery && t(`delivery.${entry.delivery}`) };
}
