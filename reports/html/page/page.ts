import { type ComponentChildren, h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { visible } from '../../../core/visible-text.ts';
import { script, scriptHash } from './script.ts';
import { style } from './style.ts';

/** What a page consists of. */
export interface Page {
  readonly title: string;
  /** The program that made it. */
  readonly generator: string;
  readonly header: ComponentChildren;
  /** Anchor and title of each section in the navigation. */
  readonly chapters: readonly (readonly [string, string])[];
  readonly main: ComponentChildren;
  readonly footer: string;
}

/** Forbids every request and every script but the page's own; allows the style sheet inside the file. */
const policy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * Renders a page: one file that requests nothing and that is complete without its script, which adds searching, sorting and filtering.
 * The same page gives the same bytes.
 */
export function pageHtml({ header, main, footer, ...page }: Page): string {
  const body = h(
    'body',
    null,
    h('a', { class: 'skip', href: '#content' }, 'Skip to the content'),
    header,
    h('main', { id: 'content', class: 'page' }, navigation(page.chapters), main),
    h('footer', { class: 'page' }, footer),
    // The script and the style sheet are constants; nothing from the report gets into them.
    h('script', { dangerouslySetInnerHTML: { __html: script } }),
  );
  const html = renderToString(h('html', { lang: 'en' }, head(page), body));
  return `<!doctype html>\n${html.split('\n').map(visible).join('\n')}\n`;
}

function head({ title, generator }: Pick<Page, 'title' | 'generator'>): ComponentChildren {
  return h(
    'head',
    null,
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'referrer', content: 'no-referrer' }),
    h('meta', { name: 'generator', content: generator }),
    h('title', null, title),
    h('style', { dangerouslySetInnerHTML: { __html: style } }),
  );
}

function navigation(chapters: Page['chapters']): ComponentChildren {
  return h(
    'nav',
    { 'aria-label': 'Sections' },
    chapters.map(([id, title]) => h('a', { href: `#${id}` }, title)),
  );
}
