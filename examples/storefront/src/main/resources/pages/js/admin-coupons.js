// Coupons: created, advertised, made more of.
import { h, form, field } from './dom.js';
import { t, number, time } from './i18n.js';
import { get, post, patch } from './api.js';
import { attempt, say } from './frame.js';
import { pages } from './pages.js';
import { discount } from './coupon-words.js';

export async function couponsDesk(target, token) {
  const list = h('div', { class: 'stack' });
  const more = h('div');
  const line = ({ coupon, issued, used }) => {
    const made = h('div', { class: 'note row between' },
      h('span', null, h('b', null, `${coupon.couponId} · ${coupon.couponName}`), h('br'), h('small', null, `${discount(coupon)} · ${t('coupons.until', { time: time(coupon.expiresAt) })}`), h('br'), h('small', null, t('desk.issued', { issued: number(issued), used: number(used) }))),
      coupon.totalQuantity === null ? h('small', null, t('coupons.unlimited')) : form('row', ({ total }) => attempt(async () => {
        made.replaceWith(line({ coupon: await patch(`admin/coupons/${coupon.couponId}`, { totalQuantity: Number(total) }, token), issued, used }));
      }), h('small', null, t('coupons.left', { n: number(coupon.remainingQuantity), total: number(coupon.totalQuantity) })),
      h('input', { name: 'total', type: 'number', min: 0, required: true, value: coupon.totalQuantity, 'aria-label': t('admin.newtotal') }), h('button', null, t('admin.change'))));
    return made;
  };
  const refresh = pages(list, more, cursor => get(`admin/coupons?${new URLSearchParams({ size: 50, ...(cursor ? { cursor } : {}) })}`, token), found => found.coupons.map(line));

  await refresh();
  const number_ = (name, value) => value === '' ? {} : { [name]: Number(value) };
  target.append(h('div', { class: 'cols' }, h('section', { class: 'card stack' }, h('h2', null, t('admin.coupon.announced')), list, more), h('section', { class: 'card stack' }, h('h2', null, t('admin.coupon.new')), form('grid', (typed, made) => attempt(async () => {
    const expiresAt = new Date(Date.now() + Number(typed.days) * 86_400_000).toISOString();
    const coupon = await post('admin/coupons', { couponName: typed.name, expiresAt, ...number_('discountRate', typed.rate), ...number_('discountAmount', typed.fixed), ...number_('totalQuantity', typed.total), ...number_('minimumTotal', typed.min), ...number_('maximumDiscount', typed.max) }, token);
    say(t('admin.created', { id: coupon.couponId }));
    made.reset();
    await refresh();
  }), field(t('name'), 'name', { required: true, maxlength: 100 }), field(t('admin.rate'), 'rate', { type: 'number', min: .01, max: 100, step: .01 }), field(t('admin.fixed'), 'fixed', { type: 'number', min: 1 }), field(t('admin.total'), 'total', { type: 'number', min: 0 }),
  field(t('admin.days'), 'days', { type: 'number', min: 1, max: 3650, value: 7, required: true }), field(t('admin.min'), 'min', { type: 'number', min: 0 }), field(t('admin.max'), 'max', { type: 'number', min: 1 }), h('button', { class: 'main' }, t('admin.create'))))));
}
