import { describe, expect, test } from 'vitest';
import type { PartOutcome, ResolvedRow } from '../../../core/ports/ledger.ts';
import { mappingsTo, resolvedOf, tallyOf } from '../../../core/validation/tally.ts';
import { clinicPlan, codes, doctors, patients } from '../mapping/clinic.ts';

const part = (over: Partial<PartOutcome>): PartOutcome => ({
  ...{ read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0, digest: '0'.repeat(16) },
  ...over,
});
const resolving = (mapping: string, action: ResolvedRow['action']): ResolvedRow => ({
  ...{
    id: '1',
    mapping,
    reason: 'orphan',
    table: mapping.split(' > ')[1] ?? '',
    column: 'doctor_id',
    parent: 'doctors',
  },
  ...{ columns: ['doctor_id'], values: ['v'], disagreeing: [], action, key: ['k'], value: 'v', row: null },
});

describe('the tally of a mapping', () => {
  test('adds up its parts', () => {
    const parts = [part({ read: 10, loaded: 7, rejected: 2, filtered: 1, adjusted: 3 }), part({ read: 5, loaded: 5 })];
    expect(tallyOf(parts, [])).toEqual({ read: 15, loaded: 12, rejected: 2, filtered: 1, adjusted: 3 });
  });

  test('of no parts is zero', () => {
    expect(tallyOf([], [])).toEqual({ read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0 });
  });

  test('moves what resolving removed from loaded to rejected, and counts what it made null as adjusted', () => {
    const resolved = [resolving('patients', 'reject'), resolving('patients', 'null'), resolving('patients', 'null')];
    const account = tallyOf([part({ read: 10, loaded: 9, filtered: 1, adjusted: 4 })], resolved);
    expect(account).toEqual({ read: 10, loaded: 8, rejected: 1, filtered: 1, adjusted: 6 });
    expect(account.read).toBe(account.loaded + account.rejected + account.filtered);
  });
});

describe('the tally of resolved references', () => {
  const twice = { ...doctors, from: 'c01.head' };
  const { mappings } = clinicPlan({
    source: { head: { key: ['ID'], columns: { ID: 'int not null', Name: 'varchar(50) not null' } } },
    mappings: [doctors, codes, patients, twice],
  });
  const resolved = [
    resolving('c01.head > doctors', 'null'),
    resolving('c01.patient > patients', 'reject'),
    resolving('c01.head > doctors', 'reject'),
    resolving('c01.doctor > doctors', 'null'),
  ];
  const countOf = (name: string): number => {
    const planned = mappings.find((m) => m.name === name);
    return planned === undefined ? -1 : resolvedOf(planned, resolved).length;
  };

  test('counts for the mapping of the table', () => {
    expect(countOf('c01.patient > patients')).toBe(1);
    expect(countOf('c01.code > codes')).toBe(0);
  });

  test('counts for the mapping that loaded the row, if two mappings feed one table', () => {
    expect(mappingsTo('doctors', mappings).map((m) => m.name)).toEqual(['c01.doctor > doctors', 'c01.head > doctors']);
    expect(countOf('c01.doctor > doctors')).toBe(1);
    expect(countOf('c01.head > doctors')).toBe(2);
  });
});
