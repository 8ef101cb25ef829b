/**
 * The script of a page, which runs in the browser. It adds a search box, a filter for problems, and a button in each column heading
 * that sorts the table. A row is found when the words are in its text; what is folded unfolds while it holds a match.
 */
export const script = `
'use strict';
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

const numberOf = (text) => Number(text.replace(/[^0-9.-]/g, ''));
const keyOf = (row, column, isCount) => {
  const text = row.cells[column].textContent;
  return isCount ? numberOf(text) : text;
};
const sortBy = (table, heading, column) => {
  const isUp = heading.ariaSort !== 'ascending';
  for (const other of table.tHead.rows[0].cells) other.ariaSort = null;
  heading.ariaSort = isUp ? 'ascending' : 'descending';
  const isCount = heading.classList.contains('count');
  const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, column, isCount), row]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (isUp ? 1 : -1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
};
for (const table of document.querySelectorAll('table')) {
  if (table.tHead === null || table.tBodies[0].rows.length < 2) continue;
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = make('button', { type: 'button', className: 'sort' }, ...heading.childNodes);
    button.addEventListener('click', () => sortBy(table, heading, column));
    heading.append(button);
  });
}

const items = [...document.querySelectorAll('[data-find] :is(tbody tr, .finding, .item)')].map((element) => ({
  element,
  hasVerdict: element.closest('[data-find="verdict"]') !== null,
  isProblem: element.matches('.is-problem'),
  text: null,
}));
const folds = [...document.querySelectorAll('[data-find] details')].map((element) => ({ element, wasOpen: element.open }));
const search = make('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: false });
const problems = make('input', { type: 'checkbox', id: 'problems' });
const found = make('output', { htmlFor: 'search problems' });
const find = () => {
  const words = search.value.toLowerCase().split(' ').filter((word) => word !== '');
  const isAsked = words.length > 0 || problems.checked;
  const hits = new Set();
  for (const item of items) {
    item.text ??= [...item.element.children].map((child) => child.textContent).join(' ').toLowerCase();
    const isHit = words.every((word) => item.text.includes(word)) && !(problems.checked && item.hasVerdict && !item.isProblem);
    item.element.classList.toggle('unfound', !isHit);
    if (isHit) hits.add(item.element);
  }
  for (const { element } of items) {
    const outer = hits.has(element) ? element.parentElement.closest('.item') : null;
    if (outer !== null) outer.classList.remove('unfound');
  }
  const withHits = new Set();
  if (words.length > 0) for (const hit of hits) for (let at = hit.parentElement.closest('details'); at !== null; at = at.parentElement.closest('details')) withHits.add(at);
  for (const { element, wasOpen } of folds) {
    const isOpen = words.length > 0 ? withHits.has(element) : wasOpen;
    if (element.open !== isOpen) element.open = isOpen;
  }
  found.value = isAsked ? hits.size.toLocaleString('en') + (hits.size === 1 ? ' entry found' : ' entries found') : '';
};
search.addEventListener('input', find);
problems.addEventListener('change', find);
if (items.length > 0) {
  const tools = make('search', { className: 'tools' },
    make('label', { htmlFor: 'search' }, 'Search '), search,
    make('label', {}, problems, ' Problems only'), found);
  document.querySelector('main > nav').after(tools);
}
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  if (target !== null && target.matches('details')) target.open = true;
};
addEventListener('hashchange', unfold);
unfold();
`;

/** The hash of the script, by which the page's policy allows it and nothing else. A test compares them. */
export const scriptHash = 'sha256-EtGVmv2VLFnDGNHAvo+gxMZNQQCA0g8j9RBDqn/Fx04=';
