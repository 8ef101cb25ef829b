/** Styles of the page's components, from top to bottom. */
export const components = `
.masthead { background: var(--card); border-bottom: 1px solid var(--line); border-top: 6px solid var(--tone);
  padding: 32px 0 28px; margin-bottom: 20px }
.pass { --tone: var(--good); --ground: var(--good-ground) }
.fail { --tone: var(--bad); --ground: var(--bad-ground) }
.not-applicable { --tone: var(--soft); --ground: var(--card) }
.incomplete { --tone: var(--odd); --ground: var(--odd-ground) }
.eyebrow { margin: 0 0 6px; color: var(--soft); font-size: .8125rem; letter-spacing: .04em }
.verdict { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin: 18px 0 24px; font-size: 1.125rem;
  max-width: none }
.stamp { background: var(--ground); color: var(--tone); border: 2px solid var(--tone); border-radius: 6px;
  padding: 4px 14px; font-size: 1.125rem; letter-spacing: .06em; white-space: nowrap }
.chip { display: inline-block; background: var(--ground); color: var(--tone); border-radius: 4px; padding: 1px 8px;
  font-size: .8125rem; font-weight: 600; line-height: 1.5; white-space: nowrap }

dl { margin: 0 } dt { color: var(--soft); font-size: .8125rem } dd { margin: 0; overflow-wrap: anywhere }
.facts { display: grid; grid-template-columns: repeat(4, 1fr); gap: 14px 28px }
.masthead .facts { grid-template-columns: repeat(3, 1fr) }
.masthead .facts .remark, .rule + .remark { display: block }
.losses { margin: 0 0 24px; font-size: .9375rem } .losses h2 { font-size: 1.0625rem; margin: 0 0 8px }
.losses p { margin: 0 } .losses ul { margin: 2px 0 10px; padding-left: 22px } .losses li { max-width: 90ch }
.rule { font-weight: 600 }
.scroll + .facts { margin: 24px 0 14px }
.glossary { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 14px 40px }
.glossary dt { color: var(--ink); font-size: .9375rem; font-weight: 600 }
.glossary dd { color: var(--soft); font-size: .9375rem } .glossary p { margin: 0 }

nav { display: flex; flex-wrap: wrap; gap: 4px 20px; padding: 0 0 28px; font-size: .875rem }
nav a { text-decoration: none; padding: 4px 0 } nav a:hover { text-decoration: underline }

.equation { display: flex; flex-wrap: wrap; gap: 20px 12px; margin-bottom: 18px }
.term { display: grid; grid-template-columns: auto 1fr; padding-right: 12px }
.term .sign { color: var(--soft); margin-right: 12px; font-size: 1.75rem; line-height: 1.15 }
.term .sign:empty { display: none }
.term-adjusted { margin-left: auto; padding: 0 0 0 28px; border-left: 1px solid var(--line) }
.term .amount { grid-column: 2; font-size: clamp(1.6rem, 3.4vw, 2.25rem); font-weight: 650; letter-spacing: -.02em;
  line-height: 1.15; font-variant-numeric: tabular-nums }
.term .name, .term .remark { grid-column: 2 }
.term .name::before { content: ''; display: inline-block; width: .7em; height: .7em; border-radius: 2px;
  margin-right: .5em; background: var(--swatch) }
.term-read .name::before { display: none }
.term-loaded { --swatch: var(--bar-loaded) } .term-rejected, .term-open { --swatch: var(--bar-rejected) }
.term-filtered { --swatch: var(--bar-filtered) } .term-empty { --swatch: var(--bar-empty) }
.term-adjusted { --swatch: var(--bar-adjusted) } .term-open .amount { color: var(--bad) }

.charts { columns: 2 440px; column-gap: 20px }
.chart { margin: 0 0 20px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px;
  break-inside: avoid }
.chart figcaption { font-weight: 600; font-size: .9375rem; margin-bottom: 8px }
.chart svg { display: block; width: 100%; max-width: 640px; height: auto; color: var(--ink); font-size: 12px }

.tools { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: center;
  margin: 0 -12px 28px; padding: 10px 12px; background: var(--paper); border-bottom: 1px solid var(--line);
  font-size: .9375rem }
.tools input[type=search] { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--faint);
  border-radius: 6px; padding: 5px 10px; width: min(100%, 320px) }
.tools output { color: var(--soft) }
.sort { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; text-align: inherit }
.sort::after { content: '↕' / ''; margin-left: 4px; opacity: .55 }
[aria-sort=ascending] > .sort::after { content: '↑' / ''; opacity: 1 }
[aria-sort=descending] > .sort::after { content: '↓' / ''; opacity: 1 }
@media screen { .unfound { display: none !important } }
.signature { display: none }

.scroll { overflow-x: clip; background: var(--card); border: 1px solid var(--line); border-radius: 8px }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45 }
th, td { padding: 7px 12px; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line) }
th { font-weight: 400 } tbody tr:last-child > * { border-bottom: 0 }
thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; white-space: nowrap; vertical-align: bottom }
tfoot th, tfoot td { border-top: 2px solid var(--line); border-bottom: 0; font-weight: 650 }
tbody tr:hover { background: color-mix(in srgb, var(--link) 6%, transparent) }
.count { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
th.code { font-family: inherit } td.code { color: var(--soft); font-size: .75rem; white-space: nowrap }
.zero, .schema { color: var(--faint) }
#checks tbody th, #tables tbody th, .kind tbody th { font-weight: 550 }
#tables .schema { font-weight: 400 }

.choice { border: 0; margin: 0 0 14px; padding: 0; display: flex; flex-wrap: wrap; gap: 8px; font-size: .875rem }
.choice legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.choice label { border: 1px solid var(--line); background: var(--card); border-radius: 999px; padding: 4px 14px;
  cursor: pointer }
.choice label:has(:checked) { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link) }
.choice label:has(:focus-visible) { outline: 2px solid var(--link); outline-offset: 2px }
.choice input { position: absolute; opacity: 0; pointer-events: none }
.tally { color: var(--soft); font-variant-numeric: tabular-nums }
@media screen { ${['rejected', 'filtered', 'adjusted', 'open', 'empty']
  .map((id) => `#tables:has(#show-${id}:checked) tbody tr:not(.is-${id})`)
  .join(', ')} { display: none } }

details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: 0 0 8px }
summary { display: flex; flex-wrap: wrap; gap: 2px 16px; align-items: baseline; padding: 9px 14px; cursor: pointer;
  font-size: .9375rem; list-style: none }
summary::-webkit-details-marker { display: none }
summary::before { content: ''; flex: none; width: 7px; height: 7px; border: solid var(--soft); border-width: 0 2px 2px 0;
  transform: rotate(-45deg) translate(-1px, -1px) }
details[open] > summary::before { transform: rotate(45deg) translate(-2px, -1px) }
summary .rule { font-weight: 600 } summary .tally { margin-left: auto }
.unfolded.details { padding: 4px 14px 14px } .details > .scroll { margin-top: 10px }
.details p { margin: 8px 0 } .table-checks { margin: 8px 0; padding: 0; list-style: none; font-size: .875rem }
.table-checks li { margin: 2px 0; overflow-wrap: anywhere }
.unfolded:not(.details) > .scroll { border: 0; border-top: 1px solid var(--line); border-radius: 0 0 8px 8px }
.keys { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 6px }
.keys code { display: inline-block; border: 1px solid var(--line); border-radius: 4px; padding: 0 6px; font-size: .8125rem }

#checks .remark { display: block; font-weight: 400 } 
.validator { display: grid; grid-template-columns: 170px 1fr; margin-bottom: 8px; scroll-margin-top: 16px }
.validator > * { grid-column: 2; min-width: 0 } .validator > h3 { grid-area: 1 / 1; margin: 9px 0 0 }
.finding { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  padding: 12px 16px; margin: 0 0 8px; font-size: .9375rem }
.finding > * + * { margin: 8px 0 0 }
.finding .compared { color: var(--soft); font-size: .875rem } .compared code { color: var(--ink) }
.finding h3 { margin: 0 } .finding code { font-size: .9375em }
.look { display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; font-size: .875rem; color: var(--soft) }

@media screen and (max-width: 820px) {
  .page { padding: 0 16px }
  .masthead { padding: 22px 0 20px }
  .equation { display: grid; grid-template-columns: 1fr 1fr; gap: 20px 8px }
  .facts, .masthead .facts { grid-template-columns: 1fr }
  .term-read, .term-loaded, .term-adjusted { grid-column: 1 / -1 }
  .term-adjusted { margin: 0; padding: 16px 0 0; border-left: 0; border-top: 1px solid var(--line) }
  .validator { display: block; margin-bottom: 20px } .validator > h3 { margin: 0 0 8px }
  main > section { margin-bottom: 44px }
  .tools { position: static }
  summary .tally { margin-left: 23px; width: 100% }
  table, tbody, tfoot, thead { display: block }
  thead tr { display: flex; flex-wrap: wrap; gap: 2px 14px; padding: 6px 10px }
  tbody tr, tfoot tr { display: block; padding: 8px 10px; border-bottom: 1px solid var(--line) }
  thead th, tbody tr > *, tfoot tr > *, tbody tr:last-child > * { padding: 1px 0; border: 0; overflow-wrap: anywhere }
  tbody th, tfoot th { display: block; font-weight: 600 }
  td { display: flex; gap: 4px 14px; justify-content: space-between; text-align: right; white-space: normal }
  td.code { white-space: normal }
  td:empty { display: none }
  td > * { min-width: 0 }
  td::before { content: attr(data-label); color: var(--soft); text-align: left; flex: none }
  td .keys { justify-content: flex-end }
}
`;
