// Operations: live charts, the audit, and the flash sale.
import { frame, chrome, main, drawing, staffToken, forgetToken, unable } from './frame.js';
import { h, button } from './dom.js';
import { t, number } from './i18n.js';
import { get } from './api.js';
import { LineChart } from './chart.js';
import { audit } from './audit.js';
import { flashSale } from './flash.js';

const KEPT_SECONDS = 180;
let samples = [];
let drawn = 0;

const count = value => number(Math.round(value * 10) / 10);
const milliseconds = value => `${number(value >= 10 ? Math.round(value) : Math.round(value * 100) / 100)} ms`;

async function render() {
  await drawing(draw);
}

async function draw() {
  const mine = ++drawn;
  const token = staffToken(() => { chrome(); render(); });
  if (!token) return;
  const charts = [
    new LineChart(t('ops.orders'), [{ label: t('ops.placed'), of: one => one.placed }, { label: t('ops.paid'), of: one => one.paid }, { label: t('ops.refused'), of: one => one.refused }], count),
    new LineChart(t('ops.waits'), [{ label: t('ops.p50'), of: one => one.lockWaitP50Micros / 1000 }, { label: t('ops.p99'), of: one => one.lockWaitP99Micros / 1000 }], milliseconds),
    new LineChart(t('ops.groups'), [{ label: t('ops.largest'), of: one => one.largestGroup }, { label: t('ops.mean'), of: one => one.groups ? one.groupedCalls / one.groups : 0 }], count),
    new LineChart(t('ops.trouble'), [{ label: t('ops.retries'), of: one => one.retries }, { label: t('ops.expired'), of: one => one.expired }, { label: t('ops.failed'), of: one => one.failed }], count),
    new LineChart(t('ops.events'), [{ label: t('ops.waiting'), of: one => one.undelivered }], count),
  ];
  const dead = h('p', { class: 'muted' });
  charts.at(-1).element.append(dead);

  async function refresh() {
    const figures = await get(`admin/figures?after=${samples.at(-1)?.at ?? 0}`, token);
    samples = [...samples, ...figures.seconds].filter(one => one.at > figures.now - KEPT_SECONDS);
    charts.forEach(chart => chart.update(samples, figures.now));
    dead.textContent = t('ops.dead', { n: number(figures.deadLetters) });
  }

  const leave = () => { forgetToken(); render(); };
  try {
    await refresh();
  } catch (refusal) {
    if (!refusal.code) console.error(refusal);
    if (mine === drawn) main.replaceChildren(h('div', { class: 'stack' }, h('h1', null, t('ops.title')), unable(refusal, refusal.code === 'UNAUTHORIZED' ? leave : render)));
    return;
  }
  if (mine !== drawn) return;
  main.replaceChildren(h('div', { class: 'stack' },
    h('div', { class: 'row between' }, h('h1', null, t('ops.title')), button(t('token.leave'), leave, 'quiet')),
    h('p', { class: 'muted' }, t('ops.lead')),
    flashSale(token), h('div', { class: 'cols wide' }, charts.map(chart => chart.element), audit(token))));
  const again = async () => {
    if (mine !== drawn) return;
    if (!document.hidden) await refresh().catch(() => null);
    setTimeout(again, 1000);
  };
  setTimeout(again, 1000);
}

frame(() => [['./', t('shop')], ['admin.html', t('backoffice')], ['operations.html', t('operations'), true]], render);
