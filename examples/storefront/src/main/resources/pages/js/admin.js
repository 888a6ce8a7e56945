// The back office: one desk a subject.
import { frame, chrome, main, attempt, drawing, staffToken, forgetToken } from './frame.js';
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

async function render() {
  await drawing(draw);
}

async function draw() {
  const token = staffToken(() => { chrome(); render(); });
  if (!token) return;
  const target = h('div', { class: 'stack' });
  const tabs = h('div', { class: 'row', role: 'group', 'aria-label': t('backoffice') }, Object.keys(DESKS).map(name => h('button', {
    type: 'button', class: 'chip', 'aria-pressed': String(name === desk), onclick: () => { desk = name; render(); },
  }, t(`admin.${name}`))));
  const leave = button(t('token.leave'), () => { forgetToken(); render(); }, 'quiet');
  if (!await attempt(() => DESKS[desk](target, token))) target.replaceChildren(h('div', { class: 'empty' }, h('p', null, t('desk.failed')), button(t('retry'), render)));
  main.replaceChildren(h('div', { class: 'stack' }, h('div', { class: 'row between' }, h('h1', null, t('backoffice')), leave), tabs, target));
}

frame(() => [['./', t('shop')], ['admin.html', t('backoffice'), true], ['operations.html', t('operations')]], render);
