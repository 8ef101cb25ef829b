import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { visible } from '../core/visible-text.ts';
import { causes } from './html/causes.ts';
import { checkList, matrix } from './html/checks.ts';
import { glossary } from './html/glossary.ts';
import { head, masthead } from './html/head.ts';
import { objects } from './html/objects.ts';
import { environment, relations } from './html/run-facts.ts';
import { tables } from './html/tables.ts';
import { accounting } from './html/tallies.ts';
import type { Report } from './model.ts';

/**
 * Renders `report.html`: one file that needs no script and no network, readable on screen in light and dark, and on paper. The
 * same report gives the same bytes.
 */
export function reportHtml(report: Report): string {
  const html = renderToString(
    h('html', { lang: 'en' }, head(report), h('body', null, skipLink(), masthead(report), body(report), foot(report))),
  );
  return `<!doctype html>\n${html.split('\n').map(visible).join('\n')}\n`;
}

function skipLink(): ComponentChildren {
  return h('a', { class: 'skip', href: '#content' }, 'Skip to the content');
}

function body(report: Report): ComponentChildren {
  return h(
    'main',
    { id: 'content', class: 'page' },
    navigation(),
    accounting(report),
    matrix(report),
    checkList(report),
    tables(report),
    causes(report),
    relations(report),
    objects(report),
    environment(report),
    glossary(report),
  );
}

const chapters: readonly (readonly [string, string])[] = [
  ['accounting', 'Accounting'],
  ['checks', 'Checks'],
  ['evidence', 'Every check'],
  ['tables', 'Tables'],
  ['causes', 'Rejects, filters, adjustments'],
  ['relations', 'Relations'],
  ['objects', 'Objects'],
  ['environment', 'Run'],
  ['glossary', 'Glossary'],
];

function navigation(): ComponentChildren {
  return h(
    'nav',
    { 'aria-label': 'Sections' },
    chapters.map(([id, title]) => h('a', { href: `#${id}` }, title)),
  );
}

function foot(report: Report): ComponentChildren {
  return h(
    'footer',
    { class: 'page' },
    `waybill ${report.waybill}, run ${report.runId}. This page holds only names, counts, digests and keys.`,
  );
}
