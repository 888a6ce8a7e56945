// The shop: one page, one view for each address behind #.
import { frame, chrome, main, attempt, drawing, say, unable } from './frame.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { get, post, Refusal } from './api.js';
import { newest } from './newest.js';
import { productsView, productView } from './products.js';
import { cartView } from './cart.js';
import { couponsView } from './coupons.js';
import { ordersView, orderView } from './orders.js';
import { accountView } from './account.js';

const STORED = 'storefront.user';
const VIEWS = { '': productsView, product: productView, cart: cartView, coupons: couponsView, orders: ordersView, order: orderView, account: accountView };
const latest = newest();

// What the views share. Who the customer is, is the host's authentication; here it is a number in the browser.
export const shop = {
  user: Number(localStorage.getItem(STORED)) || null,
  inCart: 0,
  path: rest => `api/users/${shop.user}/${rest}`,

  async become() {
    shop.user = (await post('api/users')).userId;
    localStorage.setItem(STORED, shop.user);
    shop.inCart = 0;
    chrome();
  },

  async known() {
    if (shop.user) {
      try {
        await get(shop.path('balance'));
        return;
      } catch (refusal) {
        if (!(refusal instanceof Refusal) || refusal.code !== 'U001') throw refusal;
        say(t('error.U001'), true);
      }
    }
    await shop.become();
  },

  countCart: () => latest(() => get(shop.path('cart')), ({ items }) => {
    shop.inCart = items.reduce((sum, item) => sum + item.quantity, 0);
    chrome();
  }),

  // Calls a function now and then, for as long as the view drawn in this element is the one that is wanted.
  every(target, seconds, does) {
    const again = async () => {
      if (target !== view) return;
      if (!document.hidden) await does();
      setTimeout(again, seconds * 1000);
    };
    setTimeout(again, seconds * 1000);
  },
};

let view = null; // the element of the one that was asked for last

const here = () => location.hash.replace(/^#\/?/, '').split('/');

function navigation() {
  const now = here()[0];
  return [
    ['#/', t('nav.products'), now === '' || now === 'product'],
    ['#/cart', shop.inCart ? `${t('nav.cart')} (${shop.inCart})` : t('nav.cart'), now === 'cart'],
    ['#/coupons', t('nav.coupons'), now === 'coupons'],
    ['#/orders', t('nav.orders'), now === 'orders' || now === 'order'],
    ['#/account', t('nav.account'), now === 'account'],
  ];
}

async function render() {
  await drawing(draw);
}

async function draw() {
  const target = h('div', { class: 'stack' });
  view = target;
  await welcomed;
  const [name, ...rest] = here();
  const show = VIEWS[name] ?? productsView;
  try {
    await show(target, ...rest);
  } catch (refusal) {
    if (!refusal.code) console.error(refusal);
    target.replaceChildren(h('h1', null, t('failed')), unable(refusal, render));
  }
  if (target === view) main.replaceChildren(target);
}

addEventListener('hashchange', async () => {
  chrome();
  await render();
  scrollTo(0, 0);
  main.focus({ preventScroll: true });
});

// Nothing is shown before it is known who the customer is.
const welcomed = attempt(async () => {
  await shop.known();
  await shop.countCart();
});
frame(navigation, render);
