// Products and their stock.
import { h, button, form, field, area } from './dom.js';
import { t, won, number, time } from './i18n.js';
import { get, post, patch } from './api.js';
import { attempt, say, told } from './frame.js';
import { newest } from './newest.js';
import { noRow, pages } from './pages.js';
import { tile } from './tile.js';

const optional = (object, names) => Object.fromEntries(Object.entries(object).filter(([name, value]) => value !== '' || !names.includes(name)));

export async function productsDesk(target, token) {
  const editor = h('div', { class: 'stack' });
  const rows = h('tbody');
  const more = h('div');
  const latest = newest();
  const show = which => latest(() => get(`admin/products${which}`, token), product => editor.replaceChildren(productCard(product, token, () => show(`/${product.productId}`))));
  const open = id => attempt(async () => {
    await show(`/${id}`);
    editor.scrollIntoView({ block: 'nearest' });
  });
  const refresh = pages(rows, more, cursor => get(`api/products?${new URLSearchParams({ size: 100, ...(cursor ? { cursor } : {}) })}`), found => found.products.map(product => h('tr', null,
    h('td', null, h('div', { class: 'row' }, tile(product, 'small spare'), h('span', null, product.name, h('br'), h('small', null, product.category)))),
    h('td', { class: 'num' }, won(product.price)), h('td', null, !product.isAvailable && h('span', { class: 'badge bad' }, t('soldout'))),
    h('td', { class: 'num' }, button(t('open'), () => open(product.productId))))), noRow(4));
  await refresh();
  await get('admin/dead-letters?size=1', token); // so that a wrong token is told before anything is typed
  target.append(h('div', { class: 'cols' },
    h('section', { class: 'card stack' }, h('h2', null, t('admin.products')),
      form('row', ({ sku }) => attempt(() => show(`?sku=${encodeURIComponent(sku)}`)), field(t('admin.sku'), 'sku', { required: true, maxlength: 64 }), h('button', null, t('find'))),
      h('small', null, t('admin.offnote')), h('div', { class: 'scroll' }, h('table', null, rows)), more),
    h('div', { class: 'stack' }, editor, register(token, open), imported(token))));
}

function register(token, open) {
  return h('section', { class: 'card stack' }, h('h2', null, t('admin.new')), form('grid', (typed, made) => attempt(async () => {
    const option = optional({ sku: typed.sku, color: typed.color, size: typed.size }, ['color', 'size']);
    const product = await post('admin/products', { name: typed.name, description: typed.description, category: typed.category, price: Number(typed.price), options: [{ ...option, stock: Number(typed.stock) }] }, token);
    say(t('admin.registered', { id: product.productId }));
    made.reset();
    await open(product.productId);
  }), h('div', { class: 'wide' }, field(t('name'), 'name', { required: true, maxlength: 255 })), field(t('category'), 'category', { required: true, maxlength: 100 }), field(t('price'), 'price', { type: 'number', min: 0, required: true }),
  area(t('description'), 'description', { maxlength: 10000 }), field('SKU', 'sku', { required: true, maxlength: 64 }), field(t('color'), 'color', {}), field(t('size'), 'size', {}), field(t('stock'), 'stock', { type: 'number', min: 0, required: true, value: 0 }), h('button', { class: 'main' }, t('admin.register'))));
}

const LINE = /^([^,]+),([^,]+),\s*(\d+)\s*,([^,]+),\s*(\d+)\s*$/;

// Many products at once: a line each, of name, category, price, sku and stock. Lines that agree but for the last two are
// options of one product.
function imported(token) {
  const report = h('div', { role: 'status' });
  return h('section', { class: 'card stack' }, h('h2', null, t('import.title')), form('grid', typed => attempt(async () => {
    const lines = typed.lines.split(/\r?\n/).map(line => line.trim());
    const wrong = lines.findIndex(line => line && !LINE.test(line));
    if (wrong >= 0) {
      report.replaceChildren(h('p', { class: 'note bad' }, t('import.wrong', { n: number(wrong + 1), line: lines[wrong] })));
      return;
    }
    const products = new Map();
    for (const line of lines.filter(Boolean)) {
      const [name, category, price, sku, stock] = LINE.exec(line).slice(1).map(cell => cell.trim());
      const key = [name, category, price].join(',');
      const product = products.get(key) ?? { name, category, price: Number(price), options: [] };
      product.options.push({ sku, stock: Number(stock) });
      products.set(key, product);
    }
    const { complete, rows } = await post('admin/products/imports', { mode: typed.together === 'on' ? 'ALL_OR_NOTHING' : 'ROW_BY_ROW', products: [...products.values()] }, token);
    const names = [...products.values()].map(product => product.name);
    report.replaceChildren(h('p', { class: complete ? 'note good' : 'note bad' }, t('import.done', { n: number(rows.filter(row => row.productId).length), of: number(rows.length) })),
      h('ul', null, rows.flatMap((row, i) => row.productId ? [] : [h('li', null, `${names[i]}: ${row.message}`)])));
  }), area(t('import.lines'), 'lines', { required: true, rows: 4, placeholder: 'Tea pot, kitchen, 32000, POT-1, 10' }), h('label', { class: 'check wide' }, h('input', { type: 'checkbox', name: 'together' }), t('import.together')), h('button', { class: 'main' }, t('import.go'))), report);
}

function productCard(product, token, again) {
  const path = `admin/products/${product.productId}`;
  const onSale = h('input', { type: 'checkbox', name: 'onSale', checked: product.onSale });
  return h('section', { class: 'card stack' },
    h('h2', null, product.name, ' ', h('span', { class: product.onSale ? 'badge good' : 'badge' }, t(product.onSale ? 'onsale' : 'offsale'))),
    form('grid', typed => told(
      () => patch(path, { name: typed.name, description: typed.description, category: typed.category, price: Number(typed.price), onSale: onSale.checked }, token),
      again, () => t('admin.saved')), h('div', { class: 'wide' }, field(t('name'), 'name', { required: true, value: product.name })), field(t('category'), 'category', { required: true, value: product.category }), field(t('price'), 'price', { type: 'number', min: 0, required: true, value: product.price }), area(t('description'), 'description', { value: product.description }), h('label', { class: 'check' }, onSale, t('onsale')), h('button', { class: 'main' }, t('save'))),
    h('div', { class: 'stack' }, product.options.map(option => stock(option, token, again))),
    h('details', null, h('summary', null, t('admin.option')), form('grid', typed => attempt(async () => {
      await post(`${path}/options`, { ...optional({ sku: typed.sku, color: typed.color, size: typed.size }, ['color', 'size']), stock: Number(typed.stock) }, token);
      await again();
    }), field('SKU', 'sku', { required: true }), field(t('color'), 'color', {}), field(t('size'), 'size', {}), field(t('stock'), 'stock', { type: 'number', min: 0, value: 0 }), h('button', null, t('admin.add')))));
}

function stock(option, token, again) {
  const path = `admin/options/${option.productOptionId}`;
  const history = h('div', { class: 'scroll' });
  const change = (kind, body) => attempt(async () => { await post(`${path}/${kind}`, body, token); await again(); });
  return h('div', { class: 'note stack' },
    h('div', { class: 'row between' }, h('b', null, option.sku), h('span', null, [option.color, option.size].filter(Boolean).join(' · '))),
    h('div', { class: 'figures' }, [['onhand', option.onHand], ['reserved', option.reserved], ['available', option.available]].map(([label, value]) => h('div', null, h('b', null, number(value)), h('small', null, t(label))))),
    form('grid', (typed, made) => {
      const correcting = made.dataset.kind === 'adjustments';
      return change(made.dataset.kind ?? 'receipts', { quantity: Number(typed.quantity), note: typed.note || (correcting ? t('admin.adjust') : '') });
    }, field(t('quantity'), 'quantity', { type: 'number', required: true }), field(t('note'), 'note', { maxlength: 255 }),
    h('div', { class: 'row wide' }, h('button', { onclick: event => { event.target.form.dataset.kind = 'receipts'; } }, t('admin.receive')), h('button', { onclick: event => { event.target.form.dataset.kind = 'adjustments'; } }, t('admin.adjust')))),
    h('details', { ontoggle: event => event.target.open && attempt(async () => {
      const { changes } = await get(`${path}/stock-changes`, token);
      history.replaceChildren(h('table', null, h('tbody', null, changes.map(one => h('tr', null, h('td', null, time(one.createdAt)), h('td', null, t(`kind.${one.kind}`)), h('td', { class: 'num' }, `${number(one.before)} → ${number(one.after)}`), h('td', null, one.note))))));
    }) }, h('summary', null, t('admin.history')), history));
}
