// The back office: one desk a subject.
import { frame, chrome, main, drawing, staffToken, forgetToken, unable } from './frame.js';
import { h, button } from './dom.js';
import { t } from './i18n.js';
import { audit } from './audit.js';
import { productsDesk } from './admin-products.js';
import { couponsDesk } from './admin-coupons.js';
import { figuresDesk } from './admin-figures.js';
import { lettersDesk } from './admin-letters.js';
import { ordersDesk } from './admin-orders.js';
import { paymentsDesk } from './admin-payments.js';
import { stockDesk } from './admin-stock.js';
import { usersDesk } from './admin-users.js';

const DESKS = {
  orders: ordersDesk, figures: figuresDesk, products: productsDesk, stock: stockDesk, coupons: couponsDesk, users: usersDesk, payments: paymentsDesk, letters: lettersDesk,
  audit: (target, token) => target.append(audit(token)),
};
let desk = 'orders';
let drawn = 0;

async function render() {
  await drawing(draw);
}

async function draw() {
  const mine = ++drawn;
  const token = staffToken(() => { chrome(); render(); });
  if (!token) return;
  const target = h('div', { class: 'stack' });
  const tabs = h('div', { class: 'row', role: 'group', 'aria-label': t('backoffice') }, Object.keys(DESKS).map(name => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(name === desk), onclick: () => { desk = name; render(); },
  }, t(`admin.${name}`))));
  const leave = () => { forgetToken(); render(); };
  try {
    await DESKS[desk](target, token);
  } catch (refusal) {
    if (!refusal.code) console.error(refusal);
    target.replaceChildren(unable(refusal, refusal.code === 'UNAUTHORIZED' ? leave : render));
  }
  if (mine === drawn) main.replaceChildren(h('div', { class: 'stack' }, h('div', { class: 'row between' }, h('h1', null, t('backoffice')), button(t('token.leave'), leave, 'quiet')), tabs, target));
}

frame(() => [['./', t('shop')], ['admin.html', t('backoffice'), true], ['operations.html', t('operations')]], render);
