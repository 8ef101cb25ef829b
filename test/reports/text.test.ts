import { describe, expect, test } from 'vitest';
import { reportText } from '../../reports/text-report.ts';
import { ariesReport, passed, plainTable, smallReport } from './sample.ts';

describe('reportText', () => {
  test('summarises a run that passed', () => {
    expect(reportText(smallReport(), { width: 80 })).toMatchInlineSnapshot(`
      "Rows that did not arrive
        cause                                                              rows
        customers.doctor_id: orphan                                          38
        customers: refused (SQLSTATE 23505, customers_account_number_key)     2

        run       20260301-061500-a1b2, 2 min 31 s
        source    mysql://legacy.example:3306/c01
        target    postgres://target.example:5432/modern, schema aries_next
        objects   2 carried, 0 replaced, 1 left behind, 0 undeclared
        checks    2: 2 passed, 0 failed, 0 incomplete

        rows read        13,545
          loaded         13,500
          rejected           40
          filtered            5
        values adjusted     210

      PASS  aries: Every row and every value is accounted for.
      "
    `);
  });

  test('shows the checks that did not pass, fails first, with note and keys', () => {
    const checks = [
      { ...passed('row-security', 'orders', 5), verdict: 'incomplete', actual: null, note: 'no such role' } as const,
      passed('counts', 'doctors', 1_200),
      { ...passed('counts', 'none', 0), verdict: 'not-applicable', note: 'nothing to count' } as const,
      {
        ...passed('checksums', 'customers', 'ab'),
        verdict: 'fail',
        actual: 'cd',
        sampleKeys: ['ID=42', 'ID=77'],
        note: 'bisected to 2 rows, column doctor_id',
      } as const,
    ];
    const text = reportText(smallReport({ verdict: 'fail', checks }), { width: 80 });
    expect(text.slice(0, text.indexOf('  run '))).toMatchInlineSnapshot(`
      "Checks that did not pass
        fail        checksums  customers
          bisected to 2 rows, column doctor_id
          expected ab, found cd
          keys ID=42 · ID=77
        incomplete  row-security  orders
          no such role

      Rows that did not arrive
        cause                                                              rows
        customers.doctor_id: orphan                                          38
        customers: refused (SQLSTATE 23505, customers_account_number_key)     2

      "
    `);
    const verdict = 'FAIL  aries: 1 check failed; 1 could not look at everything.';
    expect(text.split('\n').at(-2)).toBe(verdict);
    expect(reportText(smallReport({ verdict: 'fail', checks }), { width: 80, isFull: true })).toMatchInlineSnapshot(`
      "Tables with rejects, filters or adjustments
        table                           read  rejected  filtered  adjusted
        c01.tbl_customer > customers  12,345        40         5       210
          38 rejected, doctor_id: orphan
          2 rejected, refused (SQLSTATE 23505, customers_account_number_key)
        1 table: no rejects, filters or adjustments.

      4 checks
        check         passed  failed  incomplete  not applicable
        row-security       0       0           1               0
        counts             1       0           0               1
        checksums          0       1           0               0

      Checks that had nothing to look at
        counts none: nothing to count

      Checks that did not pass
        fail        checksums  customers
          bisected to 2 rows, column doctor_id
          expected ab, found cd
          keys ID=42 · ID=77
        incomplete  row-security  orders
          no such role

        run       20260301-061500-a1b2, 2 min 31 s
        source    mysql://legacy.example:3306/c01
        target    postgres://target.example:5432/modern, schema aries_next
        objects   2 carried, 0 replaced, 1 left behind, 0 undeclared
        checks    4: 1 passed, 1 failed, 1 incomplete, 1 with nothing to look at

        rows read        13,545
          loaded         13,500
          rejected           40
          filtered            5
        values adjusted     210

      FAIL  aries: 1 check failed; 1 could not look at everything.
      "
    `);
  });

  test('shows an inconsistent snapshot and unaccounted rows', () => {
    const tables = [{ ...plainTable('c01.a', 'a', 10), loaded: 7 }];
    const source = { label: 'jsonl:parts', snapshot: { isConsistent: false, note: 'no lock' } };
    const text = reportText(smallReport({ verdict: 'incomplete', tables, source, checks: [] }), { width: 80 });
    expect(text).toMatchInlineSnapshot(`
      "Rows that did not arrive
        cause                   rows
        c01.a > a: unaccounted     3

        run       20260301-061500-a1b2, 2 min 31 s
        source    jsonl:parts
        target    postgres://target.example:5432/modern, schema aries_next
        snapshot  not consistent: no lock
        objects   2 carried, 0 replaced, 1 left behind, 0 undeclared
        checks    none

        rows read        10
          loaded          7
          rejected        0
          filtered        0
          unaccounted     3
        values adjusted   0

      INCOMPLETE  aries: Nothing was checked.
      "
    `);
  });

  test.each([80, 120])('keeps within %i columns', (width) => {
    const lines = reportText(ariesReport(true), { width }).split('\n');
    expect(lines.filter((line) => line.length > width)).toEqual([]);
  });

  test('keeps totals and labels whole on a very narrow terminal', () => {
    const text = reportText(ariesReport(true), { width: 20 });
    expect(text).toContain('4,701,042');
    expect(text).toContain('mysql://dmeworks-staging.example:3306/c01,dmeworks,repository');
  });

  test('uses colours only on request', () => {
    expect(reportText(ariesReport(true), { width: 100 })).not.toContain('\u001b');
    expect(reportText(ariesReport(true), { width: 100, color: true })).toContain('\u001b[31mFAIL\u001b[0m');
  });

  test('lets no control character of a key through to the terminal', () => {
    const check = { ...passed('counts', 'a', 1), verdict: 'fail', sampleKeys: ['Code=\u001b[2J\u202e'] } as const;
    const text = reportText(smallReport({ verdict: 'fail', checks: [check] }), { width: 80 });
    expect(text).toContain('Code=\\u{1b}[2J\\u{202e}');
  });

  test('counts the failed checks that it does not show', () => {
    const checks = Array.from({ length: 25 }, (_, i) => ({
      ...passed('counts', `t${i}`, 1),
      verdict: 'fail' as const,
    }));
    expect(reportText(smallReport({ verdict: 'fail', checks }), { width: 80 })).toContain('and 15 more checks');
  });

  test('names the objects that nobody decided about, and says that files have none', () => {
    const inventory = ['a', 'b\u001b[31m'].map((name) => {
      return { kind: 'view', name, outcome: 'undeclared', why: 'unsaid' } as const;
    });
    const text = reportText(smallReport({ inventory }), { width: 80 });
    expect(text).toContain('  0 carried, 0 replaced, 0 left behind, 2 undeclared\n');
    expect(text).toContain('Undeclared objects of the source\n  view a: unsaid\n  view b\\u{1b}[31m: unsaid\n');
    const files = reportText(smallReport({ inventory: null }), { width: 80 });
    expect(files).toContain('objects   files have rows only');
    expect(files).not.toContain('left behind');
  });

  test('reports when no table has rejects, filters or adjustments', () => {
    const text = reportText(smallReport({ tables: [plainTable('c01.a', 'a', 3)] }), { width: 80, isFull: true });
    expect(text).toContain('1 table: no rejects, filters or adjustments.');
  });
});
