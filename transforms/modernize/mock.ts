import type { Filter, Rule } from '../../core/mapping/mapping.ts';
import { derive } from '../../core/mapping/rules.ts';
import { pointsAt } from '../../core/mapping/typed-rules.ts';
import { WaybillError } from '../../core/model/errors.ts';
import { Adjusted, type Converted, Rejected, type Value } from '../../core/model/value.ts';

/** The client accounts that receive the mock rows of all accounts. The old schema has both. */
export const testTenants = ['11111111-1111-1111-1111-111111111111', '22222222-2222-2222-2222-222222222222'] as const;

const uuid = { kind: 'uuid', native: 'uuid' } as const;

/**
 * The test tenant of an account's mock rows: the second one if the account's id ends in an even digit, else the first. The
 * rows of one account stay together. The test tenants themselves are unchanged.
 */
export function testTenantOf(account: string): string {
  const isEven = Number.parseInt(account.slice(-1), 16) % 2 === 0;
  return isEven ? testTenants[1] : testTenants[0];
}

/**
 * The tenant of a row: its account, or a test tenant if one of `flags` marks the row or a parent as mock (adjustment
 * `mock-row`). If the first column is null, the account comes from `orElse` (adjustment `tenant-of-parent`).
 */
export function tenant<C extends string>(account: C, flags: readonly C[], orElse: readonly C[] = []): Rule<C> {
  const rule = derive([account, ...orElse, ...flags], uuid, (row) => tenantOf(row, account, orElse, flags), {
    mayBeNull: false,
  });
  return pointsAt('client_accounts', rule, 'reject');
}

/** Like `tenant`, for rows that need no tenant: null stays null, an orphan becomes null. */
export function optionalTenant<C extends string>(account: C, flags: readonly C[]): Rule<C> {
  const rule = derive([account, ...flags], uuid, (row) =>
    row[account] === null ? null : tenantOf(row, account, [], flags),
  );
  return pointsAt('client_accounts', rule, 'null');
}

function tenantOf<C extends string>(
  row: Readonly<Record<C, Value>>,
  account: C,
  orElse: readonly C[],
  flags: readonly C[],
): Converted {
  const own = row[account] as string | null;
  const found = own ?? (orElse.map((column) => row[column]).find((value) => value !== null) as string | undefined);
  if (found === undefined) return new Rejected('no-tenant');
  const test = testTenantOf(found);
  if (flags.some((flag) => row[flag] === true) && test !== own) return new Adjusted(test, 'mock-row');
  return own === null ? new Adjusted(found, 'tenant-of-parent') : own;
}

/** Leaves mock rows out when the parameter `mock` is `leave-out`. */
export function unlessMock<C extends string>(flags: readonly C[]): Filter<C> {
  return {
    name: 'mock',
    reads: flags,
    drops: (values, known) => leavesMockOut(known?.params) && values.includes(true),
  };
}

/** @throws WaybillError 'usage' when the parameter `mock` is neither `test-tenants` nor `leave-out`. */
export function leavesMockOut({ mock }: Readonly<Record<string, string>> = {}): boolean {
  if (mock === 'test-tenants' || mock === 'leave-out') return mock === 'leave-out';
  throw new WaybillError('usage', 'The parameter mock is neither test-tenants nor leave-out.', {
    hint: 'Give --param mock=test-tenants, or --param mock=leave-out.',
  });
}

/**
 * A user that a row must have. If that mock user was left out, it is the system user (adjustment `mock-user`): a real row
 * is not rejected because a mock user wrote it.
 */
export function author<C extends string>(column: C, flag: C): Rule<C> {
  const rule = derive(
    [column, flag],
    uuid,
    (row, { params }) =>
      row[flag] === true && leavesMockOut(params)
        ? new Adjusted(params['system-user'] as string, 'mock-user')
        : row[column],
    { mayBeNull: false },
  );
  return pointsAt('users', rule, 'reject');
}
