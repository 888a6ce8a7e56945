// A list that is read page by page.
import { h, button } from './dom.js';
import { t } from './i18n.js';
import { attempt } from './frame.js';

// The function that reads the first page again, and shows it and a button for the next one; in no table there are no columns.
export function pages(rows, more, page, shown, columns = 0) {
  function add(found) {
    rows.append(...shown(found));
    more.replaceChildren(...(found.nextCursor ? [button(t('more'), () => attempt(async () => add(await page(found.nextCursor))))] : []));
  }
  return async () => {
    const found = await page();
    rows.replaceChildren();
    add(found);
    if (!rows.hasChildNodes()) rows.append(columns ? h('tr', null, h('td', { colspan: columns, class: 'muted' }, t('desk.none'))) : h('p', { class: 'muted' }, t('desk.none')));
    return found;
  };
}
