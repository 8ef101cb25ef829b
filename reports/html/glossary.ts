import { type ComponentChildren, h } from 'preact';
import { facts, section } from './elements.ts';

const validators: Readonly<Record<string, string>> = {
  accounting: 'read = loaded + rejected + filtered, against ledger and records',
  counts: 'rows in the live source and in the live target',
  checksums: 'each row read and mapped again, against what the target gives back',
  aggregates: 'non-null count, sum, smallest and largest, asked of each database itself',
  'foreign-keys': 'every relation of the source, orphans on both sides',
  uniqueness: 'keys that ought to be unique, and whether the target enforces them',
  'not-null': 'columns that must have a value',
  sequences: 'that the next number is not in use yet',
  'row-security': 'what the application role sees of its own and of other tenants',
  types: 'tables, columns, types and lengths of the live target',
};

/** What a validator looks at, in a few words; empty for one that this page does not know. */
export function looksAt(validator: string): string {
  return validators[validator] ?? '';
}

const sqlstates: Readonly<Record<string, string>> = {
  '22001': 'text too long',
  '22003': 'number out of range',
  '22007': 'no valid date or time',
  '22008': 'date or time out of range',
  '22021': 'not valid in the encoding',
  '22P02': 'no valid value of the type',
  '23502': 'not null',
  '23503': 'foreign key',
  '23505': 'unique key',
  '23514': 'check constraint',
  '23P01': 'exclusion constraint',
};

/** The meaning of a SQLSTATE (PostgreSQL's Appendix A), empty for the rarer ones. */
export function meaningOf(sqlstate: string): string {
  return sqlstates[sqlstate] ?? '';
}

const words: readonly (readonly [string, string])[] = [
  ['Read', 'The row came out of the source; it counts once for each target table that it feeds.'],
  ['Loaded', 'The row is in the target.'],
  [
    'Rejected',
    'The row is not in the target. It is kept whole in the run folder with the reason, and can be replayed.',
  ],
  ['Filtered', 'The row was left out on purpose, by a rule of the pipeline that has a name.'],
  ['Adjusted', 'One value arrived otherwise than it was, by a declared rule; the value before and after is on record.'],
  ['Accounted for', 'As many rows were read as were loaded, rejected and filtered together, in every table.'],
  [
    'Digest',
    'A sum of the hashes of all loaded rows, the same in any order; all but certainly another one when any value differs.',
  ],
  [
    'Sample keys',
    'Keys of the first rows concerned, so that one can look. Other values are never shown in this report.',
  ],
  ['Pass', 'The check looked at all of its subject and found no difference.'],
  ['Fail', 'The check found that the data differs.'],
  ['Incomplete', 'The check could not look, or not at everything. It is never counted as a pass.'],
];

/** What the words of this page mean. */
export function glossary(): ComponentChildren {
  return section(
    'words',
    'Words',
    facts(
      words.map(([word, meaning]) => [word, h('span', null, meaning)]),
      'glossary',
    ),
  );
}
