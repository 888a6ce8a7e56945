// The cart.
import { h, button, named } from './dom.js';
import { t, won, number } from './i18n.js';
import { get, post, remove } from './api.js';
import { attempt } from './frame.js';
import { newest } from './newest.js';
import { shop } from './shop.js';
import { optionName } from './option.js';

export async function cartView(target) {
  const latest = newest();
  const show = () => latest(() => get(shop.path('cart')), cart => target.replaceChildren(h('h1', null, t('cart.title')), ...inCart(cart, async () => {
    await shop.countCart();
    await show();
  })));
  await show();
}

function inCart(cart, again) {
  if (cart.items.length === 0) return [h('div', { class: 'empty card' }, h('p', null, t('cart.empty')), h('a', { class: 'button', href: '#/' }, t('cart.look')))];
  const order = button(t('cart.order'), () => attempt(async () => {
    const items = cart.items.map(({ productOptionId, quantity }) => ({ productOptionId, quantity }));
    const placed = await post('api/orders', { userId: shop.user, items });
    await Promise.all(cart.items.map(item => remove(shop.path(`cart/${item.cartItemId}`)).catch(() => null)));
    await shop.countCart();
    location.hash = `#/order/${placed.orderId}`;
  }), 'main');
  return [h('div', { class: 'card scroll' }, h('table', null,
    h('thead', null, h('tr', null, h('th', null, t('item')), h('th', { class: 'num spare' }, t('price')), h('th', { class: 'num' }, t('quantity')), h('th', { class: 'num' }, t('subtotal')), h('th'))),
    h('tbody', null, cart.items.map(item => h('tr', null,
      h('td', null, h('a', { href: `#/product/${item.productId}` }, item.productName), h('br'), h('small', null, optionName(item))),
      h('td', { class: 'num spare' }, won(item.price)), h('td', { class: 'num' }, number(item.quantity)), h('td', { class: 'num' }, won(item.subtotal)),
      h('td', { class: 'num' }, named(button('✕', () => attempt(async () => { await remove(shop.path(`cart/${item.cartItemId}`)); await again(); }), 'quiet danger'), t('cart.remove')))))))),
  h('div', { class: 'row between' }, h('span', null, t('cart.total'), ' ', h('span', { class: 'big' }, won(cart.totalAmount))), order),
  h('p', { class: 'muted' }, t('cart.note'))];
}
