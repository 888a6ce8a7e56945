// Charts, drawn by hand: lines of the last two minutes, and bars of days.
import { h, svg } from './dom.js';
import { t } from './i18n.js';

const NARROW = matchMedia('(max-width: 480px)').matches; // a phone: drawn smaller, so that the words keep their size
const WIDTH = NARROW ? 340 : 560;
const TIMES = NARROW ? [-120, -60, 0] : [-120, -90, -60, -30, 0];
const HEIGHT = 200;
const LEFT = 74;
const BOTTOM = 28;
const TOP = 12;
const SECONDS = 120;

export class LineChart {
  constructor(title, series, format) {
    this.series = series;
    this.format = format;
    this.picture = svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' });
    this.legend = h('div', { class: 'legend' });
    this.element = h('section', { class: 'card' }, h('h2', null, title), this.legend, this.picture);
    this.title = title;
  }

  update(samples, now) {
    const shown = samples.filter(sample => sample.at > now - SECONDS);
    const top = nice(Math.max(1e-9, ...shown.flatMap(sample => this.series.map(one => one.of(sample)))));
    const x = at => LEFT + (WIDTH - LEFT - 6) * (at - (now - SECONDS)) / SECONDS;
    const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
    const lines = [0, .25, .5, .75, 1].map(part => [
      svg('line', { class: 'grid', x1: LEFT, x2: WIDTH - 6, y1: y(top * part), y2: y(top * part) }),
      svg('text', { x: LEFT - 6, y: y(top * part) + 4, 'text-anchor': 'end' }, this.format(top * part))]);
    const times = TIMES.map(ago => svg('text', { x: x(now + ago), y: HEIGHT - 6, 'text-anchor': ago === 0 ? 'end' : ago === -120 ? 'start' : 'middle' }, `${ago} s`.replace('-', '−')));
    const paths = this.series.map((one, i) => svg('path', { class: `s${i}`, d: shown.map((sample, j) => `${j ? 'L' : 'M'}${x(sample.at).toFixed(1)} ${y(one.of(sample)).toFixed(1)}`).join('') }));
    const latest = shown.at(-1);
    const said = this.series.map(one => `${one.label} ${latest ? this.format(one.of(latest)) : '–'}`);
    this.picture.replaceChildren(svg('title', null, `${this.title}: ${said.join(', ')}`), ...lines.flat(), ...times, ...paths);
    this.legend.replaceChildren(...this.series.map((one, i) => h('span', { class: `fill${i}` }, h('i'), h('span', null, `${one.label} `), h('b', null, latest ? this.format(one.of(latest)) : '–'))));
  }
}

// One bar a day, or a word if there is none.
export class BarChart {
  constructor(title, format, mark, bars) {
    const sum = bars.reduce((total, [, value]) => total + value, 0);
    this.element = h('section', { class: 'card stack' }, h('h2', null, title), h('b', { class: 'price' }, format(sum)), sum === 0 ? h('p', { class: 'muted' }, t('figures.none')) : picture(`${title}: ${format(sum)}`, format, mark, bars));
  }
}

// The bars; a mark beside a line is shorter than the same value in words.
function picture(title, format, mark, bars) {
  const top = nice(Math.max(1, ...bars.map(([, value]) => value)));
  const wide = (WIDTH - LEFT - 6) / bars.length;
  const x = i => LEFT + wide * i;
  const y = value => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top);
  const lines = [0, .25, .5, .75, 1].map(part => [
    svg('line', { class: 'grid', x1: LEFT, x2: WIDTH - 6, y1: y(top * part), y2: y(top * part) }),
    svg('text', { x: LEFT - 6, y: y(top * part) + 4, 'text-anchor': 'end' }, mark(top * part))]);
  const columns = bars.map(([day, value], i) => svg('rect', { class: 'column', x: x(i) + wide * .15, y: y(value), width: wide * .7, height: y(0) - y(value), rx: 2 }, svg('title', null, `${day}: ${format(value)}`)));
  const ends = [[bars[0][0], x(0), 'start'], [bars.at(-1)[0], WIDTH - 6, 'end']].map(([day, at, anchor]) => svg('text', { x: at, y: HEIGHT - 6, 'text-anchor': anchor }, day));
  return svg('svg', { class: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' }, svg('title', null, title), lines.flat(), columns, ends);
}

// The next of 4, 8, 12, 16, 20, 40, 80, 120 … that is not below: its quarters are round numbers.
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return Math.max(4, [2, 4, 8, 12, 16, 20].map(step => step * power).find(step => step >= value * .9999));
}
