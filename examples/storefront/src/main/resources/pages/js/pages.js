// A list that is read page by page.
import { h, button } from './dom.js';
import { t } from './i18n.js';
import { attempt } from './frame.js';
import { newest } from './newest.js';

// What a table of so many columns says when it has no row.
export const noRow = columns => () => h('tr', null, h('td', { colspan: columns, class: 'muted' }, t('desk.none')));

// The function that reads the first page again, and shows it and a button for the next one. Told that what is wanted is
// another list now, it leaves nothing of the old one meanwhile.
export function pages(rows, more, page, shown, none = () => h('p', { class: 'muted' }, t('desk.none'))) {
  const latest = newest();
  function add(found) {
    rows.append(...shown(found));
    const onwards = button(t('more'), () => attempt(async () => {
      const next = await page(found.nextCursor);
      if (more.contains(onwards)) add(next); // or the list has been read again meanwhile
    }));
    more.replaceChildren(...(found.nextCursor ? [onwards] : []));
  }
  return another => {
    if (another) [rows, more].forEach(one => one.replaceChildren());
    return latest(() => page(), found => {
      rows.replaceChildren();
      add(found);
      if (!rows.hasChildNodes()) rows.append(none());
    });
  };
}
