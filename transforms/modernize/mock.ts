import {
  Adjusted,
  type Converted,
  derive,
  type Filter,
  type Known,
  pointsAt,
  Rejected,
  type Row,
  type Rule,
  type Survey,
  type Value,
  WaybillError,
} from '../../public/index.ts';

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

/** A test of a row, and of what is known of it, for being mock. */
export interface MockPredicate<C extends string> {
  readonly reads: readonly C[];
  readonly surveys: readonly Survey[];
  isMock(row: Columns<C>, known: Known): boolean;
}

/** What makes a row mock: any of these flags, or a test. */
export type MockTest<C extends string> = readonly C[] | MockPredicate<C>;

/** A row by column name. */
type Columns<C extends string> = Readonly<Record<C, Value>>;

function testOf<C extends string>(test: MockTest<C>): MockPredicate<C> {
  if (!isFlags(test)) return test;
  return { reads: test, surveys: [], isMock: (row) => test.some((flag) => row[flag] === true) };
}

function isFlags<C extends string>(test: MockTest<C>): test is readonly C[] {
  return Array.isArray(test);
}

/**
 * The tenant of a row: its account, or a test tenant if `mock` marks the row or a parent as mock (adjustment
 * `mock-row`). If the first column is null, the account comes from `orElse` (adjustment `tenant-of-parent`).
 */
export function tenant<C extends string>(account: C, mock: MockTest<C>, orElse: readonly C[] = []): Rule<C> {
  const rule = tenantRule([account, ...orElse], mock, { mayBeNull: false }, (row) => ({
    own: row[account],
    found: [account, ...orElse].map((column) => row[column]).find((value) => value !== null) ?? null,
  }));
  return pointsAt('client_accounts', rule, 'reject');
}

/** Like `tenant`, for rows that need no tenant: null stays null, an orphan becomes null. */
export function optionalTenant<C extends string>(account: C, mock: MockTest<C>): Rule<C> {
  const rule = tenantRule([account], mock, { mayBeNull: true }, (row) => ({ own: row[account], found: row[account] }));
  return pointsAt('client_accounts', rule, 'null');
}

/** The account that a row names, and the one that it belongs to when it names none. */
export interface Owner {
  readonly own: Value;
  readonly found: Value;
}

/** A tenant by `ownerOf`. A row without any is rejected as `no-tenant`, or stays without a tenant. */
export function tenantRule<C extends string>(
  columns: readonly C[],
  mock: MockTest<C>,
  { mayBeNull, surveys = [] }: { mayBeNull: boolean; surveys?: readonly Survey[] },
  ownerOf: (row: Columns<C>, known: Known) => Owner,
): Rule<C> {
  const test = testOf(mock);
  const reads = [...new Set([...columns, ...test.reads])];
  const convert = (row: Columns<C>, known: Known): Converted => {
    const { own, found } = ownerOf(row, known);
    if (found === null) return mayBeNull ? null : new Rejected('no-tenant');
    const testTenant = testTenantOf(found as string);
    if (testTenant !== own && test.isMock(row, known)) return new Adjusted(testTenant, 'mock-row', own);
    return own === null ? new Adjusted(found, 'tenant-of-parent', own) : own;
  };
  const rule = derive(reads, uuid, convert, { mayBeNull, surveys: [...new Set([...surveys, ...test.surveys])] });
  return { ...rule, detail: [rule.detail, ownerOf, test.isMock].join('\n') };
}

/** Leaves mock rows out when the parameter `mock` is `leave-out`. */
export function unlessMock<C extends string>(mock: MockTest<C>): Filter<C> {
  const { reads, surveys, isMock } = testOf(mock);
  const rowOf = (values: Row): Columns<C> =>
    Object.fromEntries(reads.map((name, i) => [name, values[i]])) as Columns<C>;
  return {
    name: 'mock',
    reads,
    surveys,
    drops: (values, known) => leavesMockOut(known?.params) && isMock(rowOf(values), known as Known),
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
