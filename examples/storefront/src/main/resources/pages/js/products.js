// Products: the list, and one of them with its options and live stock.
import { h, add, button } from './dom.js';
import { t, known, won, number } from './i18n.js';
import { get, post } from './api.js';
import { attempt, say } from './frame.js';
import { pages } from './pages.js';
import { shop } from './shop.js';
import { optionName } from './option.js';
import { tile } from './tile.js';

const SORTS = ['latest', 'popular', 'price_asc', 'price_desc'];
const chosen = { category: '', sortBy: 'latest' };
const categories = new Set();

export async function productsView(target) {
  const list = h('ul', { class: 'products' });
  const more = h('div');
  const chips = h('div', { class: 'row', role: 'group', 'aria-label': t('category') });
  const refresh = pages(list, more, page, shown, () => h('li', { class: 'empty' }, t('products.none')));
  const again = () => attempt(() => refresh(true));

  function shown(found) {
    found.products.forEach(product => categories.add(product.category));
    chips.replaceChildren(...['', ...[...categories].sort()].map(category => h('button', {
      type: 'button', class: 'chip capital', 'aria-pressed': String(chosen.category === category),
      onclick: () => { chosen.category = category; again(); },
    }, category ? inWords(category) : t('all'))));
    return found.products.map(card);
  }

  const sort = h('select', { onchange: event => { chosen.sortBy = event.target.value; again(); } },
    SORTS.map(one => h('option', { value: one, selected: one === chosen.sortBy }, t(`sort.${one}`))));
  const [top] = await Promise.all([get('api/products/top'), refresh()]);
  add(target,
    top.products.length > 0 && h('section', null, h('h2', null, t('top.title')), h('ol', { class: 'ranks' }, top.products.map(ranked))),
    h('div', { class: 'row between' }, h('h1', null, t('products.title')), h('label', null, t('sort.label'), sort)),
    chips, list, more);
}

// Categories are the shop's; those of the demonstration are told in the customer's language.
const inWords = category => known(`category.${category}`) ? t(`category.${category}`) : category;

function page(cursor) {
  const query = new URLSearchParams({ sortBy: chosen.sortBy, size: 24 });
  if (chosen.category) query.set('category', chosen.category);
  if (cursor) query.set('cursor', cursor);
  return get(`api/products?${query}`);
}

const ranked = product => h('li', null, h('a', { class: 'card', href: `#/product/${product.productId}` },
  h('span', { class: 'rank' }, String(product.rank)), tile(product, 'small'),
  h('span', null, h('b', null, product.name), h('br'), h('small', null, t('top.sold', { n: number(product.salesCount) })))));

const card = product => h('li', null, h('a', { class: 'card product', href: `#/product/${product.productId}` },
  tile(product), h('span', { class: 'words' }, h('small', { class: 'capital' }, inWords(product.category)), h('b', null, product.name),
    h('span', { class: 'row between' }, h('span', { class: 'price' }, won(product.price)), !product.isAvailable && h('span', { class: 'badge bad' }, t('soldout'))))));

export async function productView(target, id) {
  const product = await get(`api/products/${Number(id)}`);
  let option = product.options.find(one => one.stock > 0)?.productOptionId;
  const badges = new Map();
  const amount = h('input', { type: 'number', min: 1, value: 1, inputmode: 'numeric', 'aria-label': t('quantity') });
  const step = by => { amount.value = Math.max(1, (Number(amount.value) || 0) + by); };
  const quantity = () => Number(amount.value);
  const toCart = button(t('product.add'), () => attempt(async () => {
    await post(shop.path('cart'), { productOptionId: option, quantity: quantity() });
    await shop.countCart();
    say(t('product.added'));
  }));
  const buy = button(t('product.buy'), () => attempt(async () => {
    const order = await post('api/orders', { userId: shop.user, items: [{ productOptionId: option, quantity: quantity() }] });
    location.hash = `#/order/${order.orderId}`;
  }), 'main');

  const options = h('fieldset', null, h('legend', null, t('product.options')), product.options.map(one => {
    const input = h('input', { type: 'radio', name: 'option', checked: one.productOptionId === option, onchange: () => { option = one.productOptionId; } });
    const badge = h('span');
    badges.set(one.productOptionId, [input, badge]);
    return h('label', { class: 'option' }, input, h('span', null, optionName(one) || t('product.standard')), badge);
  }));

  function stock(options) {
    for (const one of options) {
      const [input, badge] = badges.get(one.productOptionId) ?? [];
      if (!input) continue;
      input.disabled = one.stock === 0;
      badge.className = one.stock === 0 ? 'badge bad' : one.stock <= 5 ? 'badge warn' : 'badge good';
      badge.textContent = one.stock === 0 ? t('soldout') : t('left', { n: number(one.stock) });
    }
    const some = options.find(one => one.stock > 0 && badges.has(one.productOptionId))?.productOptionId;
    if (!option && some) {
      option = some;
      badges.get(some)[0].checked = true;
    }
    toCart.disabled = buy.disabled = !some;
  }

  stock(product.options);
  target.append(h('div', { class: 'cols' },
    tile(product, 'big'),
    h('div', { class: 'stack' },
      h('div', null, h('small', { class: 'capital' }, inWords(product.category)), h('h1', null, product.name), h('p', { class: 'big' }, won(product.price)), h('p', null, product.description)),
      options, h('small', { class: 'muted' }, t('product.live')),
      h('div', { class: 'row' }, h('span', { class: 'steps' }, h('button', { type: 'button', 'aria-label': t('less'), onclick: () => step(-1) }, '−'), amount, h('button', { type: 'button', 'aria-label': t('more1'), onclick: () => step(1) }, '+')), toCart, buy))));
  shop.every(target, 2, async () => {
    const fresh = await get(`api/products/${Number(id)}`).catch(() => null);
    if (fresh) stock(fresh.options);
  });
}
