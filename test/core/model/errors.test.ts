import { expect, test } from 'vitest';
import { type ErrorCode, errorCodes, exitCodes, WaybillError } from '../../../core/model/errors.ts';

test('outcomes other than errors exit with 0 proved, 1 differences, 6 incomplete', () => {
  expect(exitCodes).toEqual({ passed: 0, failed: 1, incomplete: 6 });
});

const codes = Object.keys(errorCodes) as ErrorCode[];
const endingWith = (exit: number): ErrorCode[] => codes.filter((code) => errorCodes[code] === exit);

test('every error exits with 2 usage or configuration, 3 plan refused, 4 stopped and resumable, or 5 internal', () => {
  expect([...new Set(Object.values(errorCodes))].sort()).toEqual([2, 3, 4, 5]);
  expect(endingWith(3)).toEqual(['source-missing-table', 'plan-refused', 'drift', 'cutover-refused', 'shared-differs']);
  expect(endingWith(5)).toEqual(['internal']);
});

test('an error that leaves a run incomplete is resumable', () => {
  const interrupting: ErrorCode[] = [
    ...(['source-interrupted', 'target-interrupted', 'target-refused', 'too-many-rejects'] as const),
    ...(['disk-full', 'part-damaged', 'not-json'] as const),
  ];
  for (const code of interrupting) expect(errorCodes[code], code).toBe(4);
});

test('no error has the exit code of an outcome', () => {
  const ofErrors = new Set<number>(Object.values(errorCodes));
  for (const code of Object.values(exitCodes)) expect(ofErrors.has(code)).toBe(false);
});

test('an error knows its exit code, its hint and its cause', () => {
  for (const code of codes) {
    const cause = new Error('inner');
    const error = new WaybillError(code, 'It stopped.', { hint: 'Try again.', cause });
    expect(error).toMatchObject({ name: 'WaybillError', code, message: 'It stopped.', hint: 'Try again.', cause });
    expect(error.exitCode).toBe(errorCodes[code]);
    expect(error).toBeInstanceOf(Error);
  }
});
