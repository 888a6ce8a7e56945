// Money that no order could take, and money that is to be given back.
import { h, button, form, field } from './dom.js';
import { t, won, time } from './i18n.js';
import { get, post } from './api.js';
import { told } from './frame.js';
import { noRow, pages } from './pages.js';

const LOOKS = { BEGUN: 'badge warn', SETTLED: 'badge good', FAILED: 'badge', UNAPPLIED: 'badge bad', CLOSED: 'badge' };

export async function paymentsDesk(target, token) {
  let unsettled = true;
  // What is due is read before the rest: if a refund is carried out in between, the rest shows what has become of it.
  const refresh = async () => {
    unsettled = true;
    const found = await due();
    await Promise.all([unapplied(), all()]);
    if (found) unsettled = found.refunds.length > 0;
  };
  // Refunds are soon carried out, and are followed while nobody types.
  const follow = () => setTimeout(async () => {
    if (!target.isConnected) return;
    if (unsettled && !document.hidden && !document.activeElement.matches('input')) await refresh().catch(() => null);
    follow();
  }, 1000);
  const does = (what, said) => told(what, refresh, () => said);
  const list = (path, state, shown) => {
    const rows = h('tbody');
    const more = h('div');
    const refresh = pages(rows, more, cursor => get(`${path}${new URLSearchParams({ size: 20, ...state, ...(cursor ? { cursor } : {}) })}`, token), shown, noRow(4));
    return [refresh, h('div', { class: 'scroll' }, h('table', { class: 'listed' }, rows)), more];
  };
  const about = payment => h('td', null, h('b', null, t('desk.payment', { id: payment.paymentId })), h('br'), h('small', null, t('order.title', { id: payment.orderId })));
  const [unapplied, ...unappliedTable] = list('admin/payments?', { state: 'UNAPPLIED' }, found => found.payments.map(payment => h('tr', null, about(payment),
    h('td', null, time(payment.decidedAt ?? payment.begunAt)), h('td', { class: 'num' }, won(payment.amount)),
    h('td', { class: 'wide' }, h('div', { class: 'row' }, button(t('desk.payback'), () => does(() => post(`admin/payments/${payment.paymentId}/refund`, {}, token), t('desk.paidback')), 'main'),
      form('row', typed => does(() => post(`admin/payments/${payment.paymentId}/closing`, typed, token), t('admin.saved')), field(t('note'), 'note', { required: true, maxlength: 255 }), h('button', null, t('desk.close'))))))));
  const [due, ...dueTable] = list('admin/refunds?', { state: 'DUE' }, found => found.refunds.map(refund => h('tr', null, about(refund),
    h('td', null, time(refund.begunAt)), h('td', { class: 'num' }, won(refund.amount)), h('td', null, refund.failure))));
  const [all, ...allTable] = list('admin/payments?', {}, found => found.payments.map(payment => h('tr', null, about(payment),
    h('td', null, time(payment.begunAt)), h('td', { class: 'num' }, won(payment.amount)), h('td', null, h('span', { class: LOOKS[payment.state] }, t(`payment.${payment.state}`))))));
  await refresh();
  follow();
  target.append(
    h('section', { class: 'card stack' }, h('h2', null, t('desk.unapplied')), h('p', { class: 'muted' }, t('desk.unapplied.lead')), unappliedTable),
    h('div', { class: 'cols' }, h('section', { class: 'card stack' }, h('h2', null, t('desk.due')), dueTable), h('section', { class: 'card stack' }, h('h2', null, t('desk.payments')), allTable)));
}
