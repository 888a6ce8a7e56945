// The audit at the press of a button.
import { h, button } from './dom.js';
import { t, number } from './i18n.js';
import { post } from './api.js';
import { attempt } from './frame.js';

export function audit(token) {
  const result = h('div', { role: 'status' });
  const run = button(t('audit.run'), () => attempt(async () => {
    const report = await post('admin/audits', {}, token);
    const violations = report.checked.reduce((sum, one) => sum + one.violations.length, 0);
    result.replaceChildren(
      h('p', { class: report.clean ? 'note good' : 'note bad' }, report.clean ? t('audit.clean', { n: report.checked.length, ms: number(report.millis) }) : t('audit.broken', { n: violations })),
      h('details', { open: !report.clean }, h('summary', null, t('rule')), h('table', null, h('tbody', null, report.checked.map(one => h('tr', null,
        h('td', null, one.violations.length === 0 ? '✓' : '✗'), h('td', null, one.rule, one.violations.map(row => h('pre', null, JSON.stringify(row))))))))));
  }), 'main');
  return h('section', { class: 'card stack' }, h('h2', null, t('admin.audit')), h('p', { class: 'muted' }, t('audit.lead')), run, result);
}
