// The page of a card provider that is only pretended: another company's, in a look of its own.
import { h, add, button } from './dom.js';
import { t, won } from './i18n.js';
import { get, post } from './api.js';
import { attempt, drawing, frame, main, unable } from './frame.js';

const ANSWERS = ['SUCCEED', 'LATE', 'TWICE', 'NEVER', 'DECLINE'];
const [session, order] = location.hash.slice(1).split('/').map(Number);
const back = `./#/order/${order}`;

async function render() {
  await drawing(async () => {
    const target = h('section', { class: 'card stack gate provider' });
    try {
      const { amount, answer } = await get(`provider/sessions/${session}`);
      const decide = chosen => attempt(async () => {
        await post(`provider/sessions/${session}`, { answer: chosen });
        location.href = back;
      });
      add(target, h('p', { class: 'muted' }, t('card.pretended')), h('h1', null, t('card.title')), h('p', { class: 'big' }, won(amount)),
        answer ? h('p', { class: 'note' }, t('card.decided')) : ANSWERS.map(one => h('div', { class: 'choice' }, button(t(`card.${one}`), () => decide(one), one === 'SUCCEED' ? 'main' : ''), h('small', null, t(`card.${one}.text`)))),
        h('p', null, h('a', { href: back }, t('card.back'))));
    } catch (refusal) {
      if (!refusal.code) console.error(refusal);
      add(target, h('h1', null, t('card.title')), refusal.status > 0 && refusal.status < 500
        ? [h('p', { class: 'note bad', role: 'alert' }, t('card.unknown')), h('p', null, h('a', { href: './' }, t('shop')))] : unable(refusal, render));
    }
    main.replaceChildren(target);
  });
}

frame(() => [[back, t('card.back')]], render);
