import type { ComponentChildren } from 'preact';
import { facts, section } from './page/elements.ts';

const sqlstates: Readonly<Record<string, string>> = {
  '22001': 'text too long',
  '22003': 'number out of range',
  '22007': 'not a valid date or time',
  '22008': 'date or time out of range',
  '22021': 'not valid in the encoding',
  '22P02': 'not a valid value of the type',
  '23502': 'not null',
  '23503': 'foreign key',
  '23505': 'unique key',
  '23514': 'check constraint',
  '23P01': 'exclusion constraint',
};

/** Explains a SQLSTATE (PostgreSQL's Appendix A); empty for the rarer ones. */
export function meaningOf(sqlstate: string): string {
  return sqlstates[sqlstate] ?? '';
}

const terms: readonly (readonly [string, string])[] = [
  ['Read', 'The row came out of the source. It counts once for each target table that it feeds.'],
  ['Loaded', 'The row is in the target.'],
  [
    'Rejected',
    'The row is not in the target. The run folder holds the whole row with the reason, and it can be replayed.',
  ],
  ['Filtered', 'A named rule of the pipeline left the row out on purpose.'],
  ['Adjusted', 'A declared rule changed one value. The run folder records the value before and after.'],
  ['Accounted for', 'In every table, rows read = rows loaded + rejected + filtered.'],
  [
    'Digest',
    'The sum of the hashes of all loaded rows. Their order does not matter. If a value differs by accident, the digest almost certainly differs. The digest of a table has no key, so it does not protect against rows that were made to have the same hash. The checks compare both sides with a key drawn for each validation, which does.',
  ],
  ['Sample keys', 'Keys of the first rows concerned, so that you can look them up. This report shows no other values.'],
  ['Pass', 'The check looked at everything and found no difference.'],
  ['Fail', 'The check found that the data differs.'],
  ['Incomplete', 'The check could not look at everything. It never counts as a pass.'],
  ['Not applicable', 'The check had nothing to look at. It proves nothing and does not count as passed.'],
];

/** Explains the terms of the page. */
export function glossary(): ComponentChildren {
  return section('glossary', 'Glossary', facts(terms, 'glossary'));
}
