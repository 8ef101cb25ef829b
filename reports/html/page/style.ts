import { colours } from './style-colours.ts';
import { components } from './style-components.ts';

const base = `
*, *::before, *::after { box-sizing: border-box }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100% }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif }
.page { max-width: 1180px; margin: 0 auto; padding: 0 24px }
main > section { margin: 0 0 56px } main > section, details { scroll-margin-top: 72px }
h1 { margin: 0; font-size: clamp(1.7rem, 4vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em; font-weight: 700 }
h2 { margin: 0 0 16px; font-size: 1.35rem; letter-spacing: -.01em; line-height: 1.25 }
h3 { margin: 28px 0 10px; font-size: 1rem; line-height: 1.4 }
h4 { margin: 0; font-size: .9375rem; line-height: 1.5; font-weight: 600 }
p { margin: 0 0 12px; max-width: 75ch }
a { color: var(--link); text-underline-offset: 3px; text-decoration-thickness: 1px }
code, .code { font-family: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace;
  font-size: .875em; overflow-wrap: anywhere }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px }
.skip { position: absolute; left: -9999px }
.skip:focus { left: 16px; top: 16px; background: var(--card); padding: 8px 12px; z-index: 2 }
.note, .remark { color: var(--soft); font-size: .875rem }
footer { color: var(--soft); font-size: .8125rem; padding-bottom: 40px }
`;

const print = `
@page { margin: 14mm 12mm }
@media print {
  :root { --paper: #fff; --card: #fff }
  body { font-size: 9.5pt }
  .page { max-width: none; padding: 0 }
  nav, .choice, .skip, .tools, .link { display: none }
  .scroll { overflow: visible; border: 0 }
  .sort::after { content: none }
  table, thead th { font-size: 7.5pt }
  th, td, thead th, .count, td.code { padding: 3px 5px; white-space: normal; overflow-wrap: anywhere; min-width: 0 }
  .count { overflow-wrap: normal }
  .charts { columns: 2 }
  .signature { display: grid; grid-template-columns: 2fr 2fr 1fr 3fr; gap: 16px; margin-top: 44px; break-inside: avoid }
  .signature p { border-top: 1px solid var(--ink); margin: 0; padding-top: 3px; font-size: 8.5pt; color: var(--soft) }
  #sign-off { break-inside: avoid }
  thead { display: table-header-group }
  tfoot { display: table-row-group }
  tr, .finding, .term, dl > div { break-inside: avoid }
  h2, h3, summary { break-after: avoid }
  .kind details::details-content { content-visibility: visible; block-size: auto }
  a { color: inherit; text-decoration: none }
  tbody tr:hover { background: none }
}
`;

/** The complete style sheet: colours for light and dark, layout, print. */
export const style = [colours, base, components, print].join('');
