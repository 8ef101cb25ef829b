import { type Decided, isProposed, type Matches, type TableMatch, textOf } from './matches.ts';

/** The name of the file in which a person confirms matches. */
export const matchesFile = 'matches.ts';

const head = `import type { Matches } from 'waybill';

// What becomes of each table and column of the source. 'name' is decided: both sides have that name, or somebody confirmed it.
// { proposed: 'name' } is a guess, which plan and run refuse. Confirm it by writing 'name' in its place, or write another name.
// What has no match is in drops and leftBehind: write the reason that it stays behind. Tables in kept keep the rows they have.
`;

/** Writes matches as a file that a person confirms and edits. */
export function matchesText({ tables, kept }: Matches): string {
  const all = Object.entries(tables).map(([name, match]) => `    ${keyOf(name)}: ${tableText(match)},`);
  return [
    head,
    'export default {',
    '  tables: {',
    ...all,
    '  },',
    `  kept: ${recordText(kept, '  ')},`,
    '} satisfies Matches;',
    '',
  ].join('\n');
}

/** The text of one table, as it stands in the file. */
function tableText(match: Matches['tables'][string]): string {
  if ('leftBehind' in match) return `{ leftBehind: ${decidedText(match.leftBehind)} }`;
  const { to, columns, drops = {} } = match satisfies TableMatch;
  const dropped = Object.keys(drops).length === 0 ? [] : [`      drops: ${recordText(drops, '      ')},`];
  return [
    '{',
    `      to: ${decidedText(to)},`,
    `      columns: ${recordText(columns, '      ')},`,
    ...dropped,
    '    }',
  ].join('\n');
}

/** The proposals for what `matches` does not name, as text to insert: whole tables, columns, and kept tables. */
export function newMatchesText(matches: Matches, proposed: Matches): string {
  const tables = Object.entries(proposed.tables).flatMap(([name, match]) => {
    const known = matches.tables[name];
    if (known === undefined) return [`    ${keyOf(name)}: ${tableText(match)},`];
    if ('leftBehind' in known || 'leftBehind' in match) return [];
    const isNew = ([column]: [string, Decided]) =>
      known.columns[column] === undefined && known.drops?.[column] === undefined;
    const own = [...Object.entries(match.columns), ...Object.entries(match.drops ?? {})].filter(isNew);
    return own.map(([column, decided]) => `    ${name}: ${keyOf(column)}: ${decidedText(decided)},`);
  });
  const fed = new Set(Object.values(matches.tables).map((match) => ('to' in match ? textOf(match.to) : null)));
  const kept = Object.entries(proposed.kept).filter(([name]) => matches.kept[name] === undefined && !fed.has(name));
  return [...tables, ...kept.map(([name, why]) => `    kept: ${keyOf(name)}: ${decidedText(why)},`)]
    .map((line) => `${line}\n`)
    .join('');
}

function recordText(record: Readonly<Record<string, Decided>>, indent: string): string {
  const lines = Object.entries(record).map(([name, decided]) => `${indent}  ${keyOf(name)}: ${decidedText(decided)},`);
  return lines.length === 0 ? '{}' : `{\n${lines.join('\n')}\n${indent}}`;
}

function decidedText(decided: Decided): string {
  const text = quoted(textOf(decided));
  return isProposed(decided) ? `{ proposed: ${text} }` : text;
}

function keyOf(name: string): string {
  return /^[a-z_$][\w$]*$/i.test(name) && name !== '__proto__' ? name : quoted(name);
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&').replaceAll('\n', '\\n')}'`;
}
