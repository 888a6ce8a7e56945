// Orders: the list, and one of them with its countdown, payment and cancellation.
import { h, add, button } from './dom.js';
import { t, won, number, time } from './i18n.js';
import { get, post } from './api.js';
import { attempt, told } from './frame.js';
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
const badge = order => h('span', { class: LOOKS[status(order)] }, t(`status.${status(order)}`));

export async function ordersView(target) {
  const list = h('div', { class: 'stack' });
  const more = h('div');
  const ticking = [];
  const page = cursor => get(shop.path(`orders?size=20${chosen ? `&status=${chosen}` : ''}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`));

  function show(found) {
    list.append(...found.orders.map(order => {
      const rest = h('small');
      if (status(order) === 'PENDING') ticking.push([order, rest]);
      return h('a', { class: 'card row between button', href: `#/order/${order.orderId}` },
        h('span', null, h('b', null, t('order.title', { id: order.orderId })), h('br'), h('small', null, order.items.map(item => `${item.productName} × ${number(item.quantity)}`).join(', '))),
        h('span', { class: 'row end' }, rest, h('span', { class: 'price' }, won(order.finalAmount)), badge(order)));
    }));
    more.replaceChildren(...(found.nextCursor ? [button(t('more'), () => attempt(async () => show(await page(found.nextCursor))))] : []));
    if (!list.hasChildNodes()) list.append(h('div', { class: 'empty card' }, h('p', null, t('orders.none')), h('a', { class: 'button', href: '#/' }, t('cart.look'))));
    tick();
  }

  const tick = () => ticking.forEach(([order, rest]) => { rest.textContent = clock(left(order)); });
  const chips = h('div', { class: 'row', role: 'group', 'aria-label': t('status') }, ['', ...STATUSES].map(one => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(one === chosen),
    onclick: event => attempt(async () => {
      chosen = one;
      chips.querySelectorAll('button').forEach(chip => chip.setAttribute('aria-pressed', String(chip === event.target)));
      list.replaceChildren();
      show(await page());
    }),
  }, one ? t(`status.${one}`) : t('all'))));
  target.append(h('h1', null, t('orders.title')), chips, list, more);
  show(await page());
  shop.every(1, tick);
}

export async function orderView(target, id) {
  const order = await get(`api/orders/${Number(id)}?userId=${shop.user}`);
  const again = async () => { target.replaceChildren(); await orderView(target, id); };
  const open = status(order) === 'PENDING';
  const options = await optionNames(order);
  const cells = (text, amount, look) => h('tr', { class: look }, h('td', { colspan: 3 }, text), h('td', { class: 'num' }, amount));
  add(target,
    h('div', { class: 'row between' }, h('h1', null, t('order.title', { id: order.orderId })), badge(order)),
    h('p', { class: 'muted' }, h('span', { class: 'whole' }, t('order.placed', { time: time(order.createdAt) })), order.paidAt && h('span', { class: 'whole' }, t('order.paid', { time: time(order.paidAt) }))),
    open && countdown(order, again),
    status(order) === 'EXPIRED' && h('p', { class: 'note bad' }, t('order.over')),
    h('div', { class: 'card scroll' }, h('table', null, h('tbody', null,
      order.items.map(item => h('tr', null, h('td', null, h('a', { href: `#/product/${item.productId}` }, item.productName), options.get(item.productOptionId) && [h('br'), h('small', null, options.get(item.productOptionId))]), h('td', { class: 'num' }, won(item.price)), h('td', { class: 'num' }, `× ${number(item.quantity)}`), h('td', { class: 'num' }, won(item.subtotal)))),
      cells(t('cart.total'), won(order.totalAmount), !order.discountAmount && 'sum'),
      order.discountAmount > 0 && cells(t('order.discount'), `− ${won(order.discountAmount)}`),
      order.discountAmount > 0 && cells(t(order.paidAt ? 'order.wasfinal' : 'order.final'), won(order.finalAmount), 'sum')))));
  const { payments } = await get(`api/orders/${order.orderId}/payments?userId=${shop.user}`);
  const underWay = payments.some(one => one.state === 'BEGUN');
  if (open && underWay) waitFor(order, again, target);
  if (open && !underWay) {
    if (payments[0]?.state === 'FAILED') target.append(h('p', { class: 'note bad' }, t('order.declined')));
    target.append(await payment(order, again));
  }
  if (payments.some(one => one.state === 'UNAPPLIED' || one.state === 'CLOSED')) target.append(h('p', { class: 'note' }, t('order.unapplied')));
  if (order.status === 'PAID') target.append(button(t('order.refund'), () => cancel(order, again), 'danger'));
}

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
function waitFor(order, again, target) {
  target.append(h('section', { class: 'card stack' }, h('p', { role: 'status' }, t('order.waiting')), h('div', { class: 'row' }, button(t('order.cancel'), () => cancel(order, again), 'danger'))));
  shop.every(1, async () => {
    const { payments } = await get(`api/orders/${order.orderId}/payments?userId=${shop.user}`).catch(() => ({ payments: [{ state: 'BEGUN' }] }));
    if (target.isConnected && !payments.some(one => one.state === 'BEGUN')) {
      await again();
      return false;
    }
    return true;
  });
}

function countdown(order, again) {
  const whole = new Date(order.expiresAt) - new Date(order.createdAt);
  const words = h('span', { role: 'timer' });
  const fill = h('i');
  const bar = h('div', { class: 'bar' }, fill);
  const tick = () => {
    words.textContent = t('order.countdown', { time: clock(left(order)) });
    fill.style.width = `${Math.max(0, 100 * left(order) / whole)}%`;
    bar.classList.toggle('hurry', left(order) < 60_000);
    if (left(order) <= 0) return again().catch(() => null);
  };
  tick();
  shop.every(1, tick);
  return h('div', { class: 'card stack' }, words, bar);
}

async function payment(order, again) {
  const [{ balance }, { coupons }] = await Promise.all([get(shop.path('balance')), get(shop.path('coupons?status=AVAILABLE'))]);
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
