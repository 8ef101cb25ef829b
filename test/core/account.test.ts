import { describe, expect, test } from 'vitest';
import { accountOf, mappingsTo, settledOf } from '../../core/account.ts';
import type { PartOutcome, Settled } from '../../core/ports.ts';
import { clinicPlan, codes, doctors, patients } from './clinic.ts';

const part = (over: Partial<PartOutcome>): PartOutcome => ({
  ...{ read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0, digest: '0'.repeat(16) },
  ...over,
});
const settling = (table: string, action: Settled['action']): Settled => ({
  ...{ table, column: 'doctor_id', parent: 'doctors', action, key: ['k'], value: 'v', row: null },
});

describe('the account of a mapping', () => {
  test('adds up its parts', () => {
    const parts = [part({ read: 10, loaded: 7, rejected: 2, filtered: 1, adjusted: 3 }), part({ read: 5, loaded: 5 })];
    expect(accountOf(parts, [])).toEqual({ read: 15, loaded: 12, rejected: 2, filtered: 1, adjusted: 3 });
  });

  test('of no parts is nothing at all', () => {
    expect(accountOf([], [])).toEqual({ read: 0, loaded: 0, rejected: 0, filtered: 0, adjusted: 0 });
  });

  test('moves what settling took out from loaded to rejected, and counts what it made null as adjusted', () => {
    const settled = [settling('patients', 'reject'), settling('patients', 'null'), settling('patients', 'null')];
    const account = accountOf([part({ read: 10, loaded: 9, filtered: 1, adjusted: 4 })], settled);
    expect(account).toEqual({ read: 10, loaded: 8, rejected: 1, filtered: 1, adjusted: 6 });
    expect(account.read).toBe(account.loaded + account.rejected + account.filtered);
  });
});

describe('what was settled', () => {
  const twice = { ...doctors, from: 'c01.head' };
  const { mappings } = clinicPlan({
    source: { head: { key: ['ID'], columns: { ID: 'int not null', Name: 'varchar(50) not null' } } },
    mappings: [doctors, codes, patients, twice],
  });
  const settled = [settling('doctors', 'null'), settling('patients', 'reject'), settling('doctors', 'reject')];
  const countOf = (name: string): number => {
    const planned = mappings.find((m) => m.name === name);
    return planned === undefined ? -1 : settledOf(planned, mappings, settled).length;
  };

  test('counts for the mapping of its table', () => {
    expect(countOf('c01.patient > patients')).toBe(1);
    expect(countOf('c01.code > codes')).toBe(0);
  });

  test('counts once where two mappings feed one table: for the first', () => {
    expect(mappingsTo('doctors', mappings).map((m) => m.name)).toEqual(['c01.doctor > doctors', 'c01.head > doctors']);
    expect(countOf('c01.doctor > doctors')).toBe(2);
    expect(countOf('c01.head > doctors')).toBe(0);
  });
});
