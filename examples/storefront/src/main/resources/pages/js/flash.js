// The flash sale: one dot a buyer, live.
import { h, button } from './dom.js';
import { t, number } from './i18n.js';
import { get, post } from './api.js';
import { attempt } from './frame.js';

const OVER = ['DONE', 'FAILED'];
const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));

export function flashSale(token) {
  const crowd = h('div', { class: 'crowd', role: 'img', 'aria-label': t('flash.legend') });
  const figures = h('div', { class: 'figures' });
  const words = h('p', { role: 'status' });
  const legend = h('p', { class: 'muted' });

  function show(sale) {
    if (!sale) return;
    legend.textContent = t('flash.legend');
    if (crowd.children.length !== sale.buyers) crowd.replaceChildren(...Array.from({ length: sale.buyers }, () => h('i')));
    [...sale.outcomes].forEach((letter, i) => { if (crowd.children[i].className !== letter) crowd.children[i].className = letter === '.' ? '' : letter; });
    figures.replaceChildren(...[[sale.sold, t('flash.sold', { n: sale.pieces })], [sale.tooLate, t('flash.late')], [sale.failed, t('flash.failed')], [sale.millis, t('flash.time')]]
      .map(([value, label]) => h('div', null, h('span', { class: 'big' }, number(value)), h('small', null, label))));
    const values = { sold: sale.sold, pieces: sale.pieces, late: sale.tooLate, failed: sale.failed, violations: sale.violations };
    const good = sale.phase === 'DONE' && sale.auditClean && sale.sold === sale.pieces && sale.failed === 0;
    words.className = sale.phase === 'DONE' ? (good ? 'note good' : 'note bad') : sale.phase === 'FAILED' ? 'note bad' : 'note';
    const said = sale.phase !== 'DONE' ? t(`flash.${sale.phase}`) : good ? t('flash.good', values) : t('flash.bad', values);
    if (words.textContent !== said) words.textContent = said;
  }

  async function follow(first) {
    let sale = first;
    show(sale);
    while (sale && !OVER.includes(sale.phase)) {
      await pause(100);
      sale = (await get('admin/flash-sales/latest', token)).flashSale;
      show(sale);
    }
  }

  const go = button(t('flash.go'), () => attempt(async () => follow((await post('admin/flash-sales', {}, token)).flashSale)), 'main');
  attempt(async () => follow((await get('admin/flash-sales/latest', token)).flashSale));
  return h('section', { class: 'card stack' }, h('div', { class: 'row between' }, h('h2', null, t('flash.title')), go),
    h('p', { class: 'muted' }, t('flash.lead')), crowd, legend, figures, words);
}
