import { describe, expect, test } from 'vitest';
import { WaybillError } from '../../core/model/errors.ts';
import { reportJson } from '../../reports/json-report.ts';
import { parseReport, type Report, totalsOf } from '../../reports/model.ts';
import { ariesReport, passed, smallReport } from './sample.ts';

/** The message with which a report is refused. */
function refusal(json: unknown): string {
  try {
    parseReport(json);
  } catch (error) {
    if (error instanceof WaybillError && error.code === 'part-damaged') return error.message;
    throw error;
  }
  return 'accepted';
}

describe('parseReport', () => {
  test('accepts a report of any verdict', () => {
    expect(parseReport(smallReport())).toEqual(smallReport());
    expect(parseReport(ariesReport(true))).toEqual(ariesReport(true));
  });

  test.each([-1, 1.5, Number.MAX_SAFE_INTEGER + 1, Number.NaN, '5'])('refuses %s as a count', (foreignKeys) => {
    const report = { ...smallReport(), relations: { foreignKeys, lookups: 0, none: 0 } };
    expect(refusal(report)).toContain('relations.foreignKeys');
  });

  test('refuses a missing field, an unknown field and a time that is not UTC', () => {
    const { runId, ...rest } = smallReport();
    expect(refusal(rest)).toContain('runId');
    expect(refusal({ ...rest, runId, unknown: 1 })).toContain('unknown');
    expect(refusal({ ...rest, runId, startedAt: '2026-03-01T06:15:00+02:00' })).toContain('startedAt');
    expect(refusal(null)).toContain('the document');
  });

  test('refuses a pass that the checks do not support', () => {
    const failing = { ...passed('counts', 'doctors', 5), verdict: 'fail', actual: 4 } as const;
    expect(refusal(smallReport({ checks: [failing] }))).toContain('verdict: is pass');
    expect(refusal(smallReport({ checks: [] }))).toContain('verdict: is pass');
    expect(refusal(smallReport({ checks: [failing], verdict: 'fail' }))).toBe('accepted');
  });

  test('refuses a check without a description', () => {
    const { descriptions } = smallReport();
    expect(refusal(smallReport({ descriptions: descriptions.slice(1) }))).toContain(
      'descriptions: lacks the description',
    );
  });

  test('refuses totals that are not the sum of the tables', () => {
    const { totals } = smallReport();
    expect(refusal(smallReport({ totals: { ...totals, loaded: totals.loaded + 1 } }))).toContain('totals.loaded');
  });

  test('accepts a table with unaccounted rows, so that the report of a failed run can show it', () => {
    const tables = smallReport().tables.map((one) => ({ ...one, loaded: one.loaded - 1 }));
    expect(refusal(smallReport({ tables }))).toBe('accepted');
    expect(totalsOf(tables).loaded).toBe(smallReport().totals.loaded - 2);
  });

  test('never repeats a value of the document in its message', () => {
    expect(refusal(smallReport({ verdict: 'secret' as Report['verdict'], startedAt: 'secret' }))).not.toContain(
      'secret',
    );
  });
});

describe('reportJson', () => {
  test('gives the same bytes whatever the order of the keys', () => {
    const report = smallReport({ params: { tenant: 'c01', cutoff: '2026' } });
    const shuffled = { ...Object.fromEntries(Object.entries(report).reverse()) } as Report;
    const json = reportJson({ ...shuffled, params: { cutoff: '2026', tenant: 'c01' } });
    expect(json).toBe(reportJson(report));
    expect(json.startsWith('{\n  "waybill": "0.1.0",\n  "runId": ')).toBe(true);
    expect(json.endsWith('}\n')).toBe(true);
  });

  test('is read back as it was', () => {
    expect(parseReport(JSON.parse(reportJson(ariesReport(true))))).toEqual(ariesReport(true));
  });
});
