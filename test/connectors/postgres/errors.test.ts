import { DatabaseError } from 'pg';
import { expect, test } from 'vitest';
import { parseAddress } from '../../../connectors/postgres/address.ts';
import { refusalOf, wrapped, wrappedConnect } from '../../../connectors/postgres/errors.ts';

function serverError(code: string, more: Partial<DatabaseError> = {}): DatabaseError {
  const error = new DatabaseError('message with a canary', 0, 'error');
  return Object.assign(error, {
    code,
    detail: 'Key (name)=(canary) exists.',
    where: 'COPY t, line 1: "canary"',
    ...more,
  });
}

const target = parseAddress('postgres://u:canary@127.0.0.1/x', 'target');
const source = parseAddress('postgres://u:canary@127.0.0.1/x', 'source');

test('an error is a refusal unless it concerns the run; a RAISE always refuses a row', () => {
  for (const code of [
    '22001',
    '22P02',
    '22021',
    '23505',
    '23514',
    '44000',
    'P0001',
    '54000',
    'U0001',
    '42P01',
    'XX000',
  ]) {
    expect(refusalOf(serverError(code, { constraint: 'k' }))).toEqual({
      sqlstate: code,
      constraint: 'k',
      column: null,
    });
  }
  for (const code of ['53100', '53300', '40001', '40P01', '55P03', '57014', '57P01', '08006', 'XX001', '22P04']) {
    expect(refusalOf(serverError(code))).toBeNull();
    expect(refusalOf(serverError(code, { routine: 'exec_stmt_raise' }))?.sqlstate).toBe(code);
  }
  expect(refusalOf(new Error('Connection terminated'))).toBeNull();
});

test('a retryable error is an interruption, and any other is refused', () => {
  for (const code of ['53100', '53300', '40001', '40P01', '55P03', '57014', '57P01', '08006']) {
    expect([code, wrapped(serverError(code), target, 'load t').code]).toEqual([code, 'target-interrupted']);
    expect([code, wrapped(serverError(code), source, 'read t').code]).toEqual([code, 'source-interrupted']);
  }
  for (const code of ['25006', '42P01', '42501', '23505']) {
    expect([code, wrapped(serverError(code), target, 'load t').code]).toEqual([code, 'target-refused']);
  }
  expect(wrapped(serverError('42P01'), source, 'read t').code).toBe('source-missing-table');
  expect(wrapped(serverError('42501'), source, 'read t').code).toBe('source-refused-login');
  expect(wrapped(new Error('Connection terminated unexpectedly'), source, 'read t').code).toBe('source-interrupted');
});

test("no message about a data error contains the server's text, and no message contains a password", () => {
  for (const code of ['22001', '22P02', '23505', '23502', '23514', 'P0001', '54000', 'XX000']) {
    const error = wrapped(serverError(code, { table: 't', column: 'c', constraint: 'k' }), target, 'load t');
    expect(`${error.message} ${error.hint}`).not.toContain('canary');
    expect(error.message).toContain(`SQLSTATE ${code} (table t, column c, constraint k)`);
  }
  for (const code of ['28P01', '28000', '3D000', '53300', '57P03']) {
    const error = wrappedConnect(serverError(code), target);
    expect(`${error.message} ${error.hint}`).not.toContain('canary');
  }
});

test('an error is wrapped once', () => {
  const once = wrapped(serverError('57P01'), target, 'load t');
  expect(wrapped(once, target, 'do more')).toBe(once);
});
