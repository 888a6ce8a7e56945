// Orders: the list, and one of them with its countdown, payment and cancellation.
import { h, add, button } from './dom.js';
import { t, won, number, time } from './i18n.js';
import { get, post } from './api.js';
import { attempt, told } from './frame.js';
import { newest } from './newest.js';
import { pages } from './pages.js';
import { shop } from './shop.js';
import { discount } from './coupon-words.js';
import { optionName } from './option.js';

const LOOKS = { PENDING: 'badge warn', PAID: 'badge good', CANCELLED: 'badge', EXPIRED: 'badge bad' };
const STATUSES = ['PENDING', 'PAID', 'CANCELLED', 'EXPIRED'];
let chosen = '';

// An order whose time is over has expired, whether or not the job has come by.
const status = order => order.status === 'PENDING' && left(order) <= 0 ? 'EXPIRED' : order.status;
const left = order => new Date(order.expiresAt) - Date.now();
const clock = milliseconds => { const seconds = Math.max(0, Math.ceil(milliseconds / 1000)); return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`; };
const badge = state => h('span', { class: LOOKS[state] }, t(`status.${state}`));

export async function ordersView(target) {
  const list = h('div', { class: 'stack' });
  const more = h('div');
  let pending = []; // orders, and where their time is shown
  const page = cursor => get(shop.path(`orders?${new URLSearchParams({ size: 20, ...(chosen ? { status: chosen } : {}), ...(cursor ? { cursor } : {}) })}`));
  const refresh = pages(list, more, page, found => found.orders.map(order => {
    const rest = h('small', null, status(order) === 'PENDING' && clock(left(order)));
    if (status(order) === 'PENDING') pending.push([order, rest]);
    return h('a', { class: 'card row between button', href: `#/order/${order.orderId}` },
      h('span', null, h('b', null, t('order.title', { id: order.orderId })), h('br'), h('small', null, order.items.map(item => `${item.productName} × ${number(item.quantity)}`).join(', '))),
      h('span', { class: 'row end' }, rest, h('span', { class: 'price' }, won(order.finalAmount)), badge(status(order))));
  }), () => h('div', { class: 'empty card' }, h('p', null, t('orders.none')), h('a', { class: 'button', href: '#/' }, t('cart.look'))));
  const chips = h('div', { class: 'row', role: 'group', 'aria-label': t('status') }, ['', ...STATUSES].map(one => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(one === chosen),
    onclick: event => attempt(async () => {
      chosen = one;
      chips.querySelectorAll('button').forEach(chip => chip.setAttribute('aria-pressed', String(chip === event.target)));
      await refresh(true);
    }),
  }, one ? t(`status.${one}`) : t('all'))));
  target.append(h('h1', null, t('orders.title')), chips, list, more);
  await refresh();
  shop.every(target, 1, () => {
    pending = pending.filter(([, rest]) => rest.isConnected);
    pending.forEach(([order, rest]) => { rest.textContent = clock(left(order)); });
  });
}

export async function orderView(target, id) {
  const latest = newest();
  let current;
  const again = () => latest(() => read(id), found => {
    current = parts(found, again);
    target.replaceChildren();
    add(target, current.elements);
  });
  await again();
  shop.every(target, 1, () => current.tick());
  shop.every(target, 1, () => current.follow());
}

// All that is shown of an order; of one that can be paid, what it can be paid with.
async function read(id) {
  const order = await get(`api/orders/${Number(id)}?userId=${shop.user}`);
  const [options, { payments }] = await Promise.all([optionNames(order), get(`api/orders/${order.orderId}/payments?userId=${shop.user}`)]);
  const payable = status(order) === 'PENDING' && !isUnderWay(payments);
  const [{ balance }, { coupons }] = payable ? await Promise.all([get(shop.path('balance')), get(shop.path('coupons?status=AVAILABLE'))]) : [{}, {}];
  return { order, options, payments, balance, coupons };
}

// The elements, and what is to be done each second.
function parts(found, again) {
  const { order, options, payments } = found;
  const state = status(order);
  const open = state === 'PENDING'; // time may have run out since it was read
  const payable = open && !isUnderWay(payments);
  const countdown = open ? clockOf(order) : null;
  const cells = (text, amount, look) => h('tr', { class: look }, h('td', { colspan: 3 }, text), h('td', { class: 'num' }, amount));
  const elements = [
    h('div', { class: 'row between' }, h('h1', null, t('order.title', { id: order.orderId })), badge(state)),
    h('p', { class: 'muted' }, h('span', { class: 'whole' }, t('order.placed', { time: time(order.createdAt) })), order.paidAt && h('span', { class: 'whole' }, t('order.paid', { time: time(order.paidAt) }))),
    countdown?.element,
    state === 'EXPIRED' && h('p', { class: 'note bad' }, t('order.over')),
    h('div', { class: 'card scroll' }, h('table', null, h('tbody', null,
      order.items.map(item => h('tr', null, h('td', null, h('a', { href: `#/product/${item.productId}` }, item.productName), options.get(item.productOptionId) && [h('br'), h('small', null, options.get(item.productOptionId))]), h('td', { class: 'num' }, won(item.price)), h('td', { class: 'num' }, `× ${number(item.quantity)}`), h('td', { class: 'num' }, won(item.subtotal)))),
      cells(t('cart.total'), won(order.totalAmount), !order.discountAmount && 'sum'),
      order.discountAmount > 0 && cells(t('order.discount'), `− ${won(order.discountAmount)}`),
      order.discountAmount > 0 && cells(t(order.paidAt ? 'order.wasfinal' : 'order.final'), won(order.finalAmount), 'sum')))),
    open && !payable && waiting(order, again),
    payable && payments[0]?.state === 'FAILED' && h('p', { class: 'note bad' }, t('order.declined')),
    payable && payment(found, again),
    payments.some(one => one.state === 'UNAPPLIED' || one.state === 'CLOSED') && h('p', { class: 'note' }, t('order.unapplied')),
    order.status === 'PAID' && button(t('order.refund'), () => cancel(order, again), 'danger'),
  ];
  const redraw = () => again().catch(() => null);
  const tick = () => {
    countdown?.tick();
    return open && left(order) <= 0 && redraw();
  };
  const follow = async () => open && !payable && await decided(order) && redraw();
  return { elements, tick, follow };
}

const isUnderWay = payments => payments.some(one => one.state === 'BEGUN');

// What tells the options apart that were ordered, as long as their products are in the shop.
async function optionNames(order) {
  const names = new Map();
  await Promise.all([...new Set(order.items.map(item => item.productId))].map(async id => {
    const product = await get(`api/products/${id}`).catch(() => null);
    product?.options.forEach(option => names.set(option.productOptionId, optionName(option)));
  }));
  return names;
}

// The provider tells the shop, and nobody else: the customer waits for the shop.
const waiting = (order, again) => h('section', { class: 'card stack' }, h('p', { role: 'status' }, t('order.waiting')), h('div', { class: 'row' }, button(t('order.cancel'), () => cancel(order, again), 'danger')));

async function decided(order) {
  const { payments } = await get(`api/orders/${order.orderId}/payments?userId=${shop.user}`).catch(() => ({ payments: [{ state: 'BEGUN' }] }));
  return !isUnderWay(payments);
}

function clockOf(order) {
  const whole = new Date(order.expiresAt) - new Date(order.createdAt);
  const words = h('span', { role: 'timer' });
  const fill = h('i');
  const bar = h('div', { class: 'bar' }, fill);
  const tick = () => {
    words.textContent = t('order.countdown', { time: clock(left(order)) });
    fill.style.width = `${Math.max(0, 100 * left(order) / whole)}%`;
    bar.classList.toggle('hurry', left(order) < 60_000);
  };
  tick();
  return { element: h('div', { class: 'card stack' }, words, bar), tick };
}

function payment({ order, balance, coupons }, again) {
  const select = h('select', null, h('option', { value: '' }, t('order.nocoupon')), coupons.map(coupon => h('option', { value: coupon.userCouponId }, `${coupon.couponName} (${discount(coupon)})`)));
  const coupon = () => select.value ? { userCouponId: Number(select.value) } : {};
  const missing = order.totalAmount - balance;
  const card = button(t('order.card'), () => attempt(async () => {
    const begun = await post(`api/orders/${order.orderId}/card-payments`, { userId: shop.user, ...coupon() });
    location.href = `card.html#${begun.sessionId}/${order.orderId}`;
  }));
  const pay = button(t('order.pay', { amount: won(order.totalAmount) }), () => told(
    () => post(`api/orders/${order.orderId}/payment`, { userId: shop.user, ...coupon() }), again, receipt => t('order.done', { amount: won(receipt.remainingBalance) })), 'main');
  select.addEventListener('change', () => { pay.textContent = select.value ? t('order.pay', { amount: '' }).replace(/\s+/g, ' ') : t('order.pay', { amount: won(order.totalAmount) }); });
  return h('section', { class: 'card stack' },
    h('div', { class: 'row between' }, h('span', null, t('order.balance')), h('b', { class: 'price' }, won(balance))),
    coupons.length > 0 && h('label', null, t('order.coupon'), select),
    missing > 0 && h('p', { class: 'note' }, t('order.short', { amount: won(missing) }), ' ', h('a', { href: '#/account' }, t('order.topup'))),
    h('div', { class: 'row between actions' }, h('div', { class: 'row' }, pay, card), button(t('order.cancel'), () => cancel(order, again), 'danger')));
}

const cancel = (order, again) => told(
  () => post(`api/orders/${order.orderId}/cancellation`, { userId: shop.user }), again,
  ({ refundedAmount }) => refundedAmount > 0 ? t('order.refunded', { amount: won(refundedAmount) }) : t('order.cancelled'));
