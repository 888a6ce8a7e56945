// The coupon hunt, and the coupons that the customer has.
import { h, button, form, field } from './dom.js';
import { t, won, number, time } from './i18n.js';
import { discount } from './coupon-words.js';
import { get, post } from './api.js';
import { attempt, say } from './frame.js';
import { newest } from './newest.js';
import { shop } from './shop.js';

export async function couponsView(target) {
  const hunted = h('div', { class: 'cols even' });
  const mine = h('section', { class: 'card' });
  const hunt = id => attempt(async () => {
    await post(`api/coupons/${id}/issue`, { userId: shop.user });
    say(t('coupons.got'));
  });

  const latest = newest();
  const refresh = () => latest(() => Promise.all([get('api/coupons'), get(shop.path('coupons'))]), show);

  function show([{ coupons }, held]) {
    const have = new Set(held.coupons.map(coupon => coupon.couponId));
    hunted.replaceChildren(...coupons.map(coupon => offer(coupon, have.has(coupon.couponId))));
    if (coupons.length === 0) hunted.replaceChildren(h('p', { class: 'muted' }, t('coupons.none')));
    mine.replaceChildren(h('h2', null, t('coupons.mine')), held.coupons.length === 0 ? h('p', { class: 'muted' }, t('coupons.mine.none')) : list(held.coupons));
  }

  function offer(coupon, have) {
    const gone = coupon.remainingQuantity === 0;
    const terms = [coupon.minimumTotal && t('coupons.min', { amount: won(coupon.minimumTotal) }), coupon.maximumDiscount && t('coupons.max', { amount: won(coupon.maximumDiscount) }), t('coupons.until', { time: time(coupon.expiresAt) })];
    const press = button(have ? t('coupons.have') : gone ? t('soldout') : t('coupons.get'), async () => { await hunt(coupon.couponId); await refresh(); }, 'main');
    press.disabled = have || gone;
    return h('section', { class: 'card stack' },
      h('div', null, h('h2', null, coupon.couponName), h('p', { class: 'big' }, discount(coupon)), h('small', null, terms.filter(Boolean).join(' · '))),
      coupon.totalQuantity === null ? h('small', null, t('coupons.unlimited')) : h('div', null,
        h('small', null, t('coupons.left', { n: number(coupon.remainingQuantity), total: number(coupon.totalQuantity) })),
        h('div', { class: coupon.remainingQuantity * 4 < coupon.totalQuantity ? 'bar hurry' : 'bar' }, h('i', { 'width%': 100 * coupon.remainingQuantity / Math.max(1, coupon.totalQuantity) }))),
      press);
  }

  await refresh();
  target.append(h('div', null, h('h1', null, t('coupons.title')), h('p', { class: 'muted' }, t('coupons.lead'))), hunted,
    form('row', async ({ coupon }) => { await hunt(Number(coupon)); await refresh(); },
      field(t('coupons.enter'), 'coupon', { type: 'number', min: 1, required: true, placeholder: t('coupons.number') }), h('button', null, t('coupons.get'))),
    mine);
  shop.every(target, 2, () => {
    if (!hunted.contains(document.activeElement)) return refresh().catch(() => null);
  });
}

const LOOKS = { AVAILABLE: 'badge good', USED: 'badge', EXPIRED: 'badge bad' };
const list = coupons => h('div', { class: 'scroll' }, h('table', null, h('tbody', null, coupons.map(coupon => h('tr', null,
  h('td', null, coupon.couponName, h('br'), h('small', null, `${discount(coupon)} · ${t('coupons.until', { time: time(coupon.expiresAt) })}`)),
  h('td', { class: 'num' }, h('span', { class: LOOKS[coupon.status] }, t(`coupon.${coupon.status}`))))))));
