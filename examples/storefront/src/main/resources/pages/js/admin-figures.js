// The figures of the latest days as charts, and of the products that sold.
import { h } from './dom.js';
import { t, won, shortWon, number } from './i18n.js';
import { get } from './api.js';
import { BarChart } from './chart.js';
import { noRow, pages } from './pages.js';

const DAYS = 30;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
// The day that it is here, so many days later.
const day = later => { const at = new Date(); at.setDate(at.getDate() + later); return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`; };
const midnight = date => new Date(`${date}T00:00`).toISOString();

export async function figuresDesk(target, token) {
  const [from, until] = [day(1 - DAYS), day(1)];
  const { days } = await get(`admin/sales/days?${new URLSearchParams({ zone, from, until })}`, token);
  const today = days.at(-1).sales;
  const charts = [
    new BarChart(t('figures.revenue'), won, shortWon, days.map(one => [one.day, one.sales.revenue])),
    new BarChart(t('figures.orders'), number, number, days.map(one => [one.day, one.sales.orders])),
    new BarChart(t('figures.refunds'), won, shortWon, days.map(one => [one.day, one.sales.refunds])),
    new BarChart(t('figures.discounts'), won, shortWon, days.map(one => [one.day, one.sales.discounts])),
  ];
  const rows = h('tbody');
  const more = h('div');
  const page = async cursor => {
    const found = await get(`admin/sales/products?${new URLSearchParams({ from: midnight(from), until: midnight(until), size: 20, ...(cursor ? { cursor } : {}) })}`, token);
    const named = await Promise.all(found.products.map(async one => ({ ...one, name: (await get(`api/products/${one.productId}`)).name })));
    return { ...found, products: named };
  };
  const refresh = pages(rows, more, page,
    found => found.products.map(({ productId, name, sales }) => h('tr', null, h('td', null, h('a', { href: `./#/product/${productId}` }, name)),
      h('td', { class: 'num' }, number(sales.units)), h('td', { class: 'num spare' }, number(sales.returned)), h('td', { class: 'num' }, won(sales.revenue)), h('td', { class: 'num spare' }, won(sales.refunds)))), noRow(5));
  await refresh();
  target.append(
    h('section', { class: 'card stack' }, h('h2', null, t('figures.today')), h('div', { class: 'figures' }, [[number(today.orders), 'figures.orders'], [number(today.units), 'figures.units'], [number(today.returned), 'figures.returned'], [won(today.revenue), 'figures.revenue'], [won(today.discounts), 'figures.discounts'], [won(today.refunds), 'figures.refunds']]
      .map(([value, label]) => h('div', null, h('span', { class: 'big' }, value), h('small', null, t(label)))))),
    h('div', { class: 'cols wide' }, charts.map(chart => chart.element)),
    h('section', { class: 'card stack' }, h('h2', null, t('figures.products')), h('div', { class: 'scroll' }, h('table', null,
      h('thead', null, h('tr', null, h('th', null, t('item')), ['figures.units', 'figures.returned', 'figures.revenue', 'figures.refunds'].map((label, i) => h('th', { class: i % 2 ? 'num spare' : 'num' }, t(label))))), rows)), more));
}
