import { describe, expect, test } from 'vitest';
import { tenantId } from '../../core/mapping/ids/entity-ids.ts';
import { WaybillError } from '../../core/model/errors.ts';
import type { Column } from '../../core/model/schema.ts';
import type { Constraint, RowSecurityProbe } from '../../core/ports/target.ts';
import { validators } from '../../validators/index.ts';
import { notNull } from '../../validators/not-null.ts';
import { otherRows } from '../../validators/other-rows.ts';
import { rowSecurity } from '../../validators/row-security.ts';
import { sequences } from '../../validators/sequences.ts';
import { types } from '../../validators/types.ts';
import { uniqueness } from '../../validators/uniqueness.ts';
import { memoryTarget, tableIn } from './memory.ts';
import { customer, idOf, shop } from './shop.ts';
import { checkOf, checksOf, setCell, type World, type WorldSpec } from './world.ts';

const customers = 'c01.customer > customers';

function key(table: string, columns: readonly string[], kind: Constraint['kind'] = 'primary'): Constraint {
  return { table, name: `${table}_key`, kind, columns, parent: null, parentColumns: [], isValidated: true };
}

const keys = ['customers', 'orders', 'logs'].map((table) => key(table, ['id']));
const security = { role: 'app', setting: 'app.tenant_id', tenantColumn: 'tenant_id' };

function keyed(spec: Partial<WorldSpec> = {}): World {
  return shop({}, { constraints: keys, pipeline: { rowSecurity: security }, ...spec });
}

describe('uniqueness', () => {
  test('passes when keys are enforced and hold on both sides', async () => {
    const checks = await checksOf(keyed(), uniqueness);
    expect(checks.map((c) => [c.check, c.subject, c.verdict])).toEqual([
      ['uniqueness', customers, 'pass'],
      ['uniqueness', 'c01.order > orders', 'pass'],
      ['uniqueness', 'c01.log > logs', 'pass'],
    ]);
    expect(checks[0]).toMatchObject({ expected: 2, actual: 2 });
  });

  test('fails on a missing constraint', async () => {
    const check = await checkOf(keyed({ constraints: keys.slice(1) }), uniqueness, customers);
    expect(check).toMatchObject({ verdict: 'fail' });
    expect(check.note).toContain('the target has no unique key (id)');
  });

  test('fails on duplicates and names them', async () => {
    const world = keyed();
    const { rows } = tableIn(world.target, 'customers');
    rows.push([...(rows[0] as (typeof rows)[0])]);
    expect(await checkOf(world, uniqueness, customers)).toMatchObject({
      ...{ verdict: 'fail', expected: 2, actual: 1 },
      sampleKeys: [`id=${idOf('customers', 1)}`],
      note: '1 duplicate in (id) of the target',
    });
  });

  test('a further unique key of the source must be enforced, with the tenant or without', async () => {
    const withUnique = (columns: readonly string[]): World => {
      const world = keyed();
      const [first, ...rest] = world.plan.mappings;
      const source = { ...(first as (typeof rest)[0]).source, unique: [columns] };
      const plan = { ...world.plan, mappings: [{ ...(first as (typeof rest)[0]), source }, ...rest] };
      return { ...world, plan };
    };
    expect((await checkOf(withUnique(['Born']), uniqueness, customers)).note).toContain(
      'does not enforce source key (Born)',
    );
    const enforced = withUnique(['Born']);
    enforced.facts.constraints.push(key('customers', ['tenant_id', 'born'], 'unique'));
    expect((await checkOf(enforced, uniqueness, customers)).note).not.toContain('enforce');
    const folded = await checkOf(withUnique(['Code']), uniqueness, customers);
    expect(folded).toMatchObject({ verdict: 'pass', note: 'no plain constraint enforces source key (Code)' });
    const doubled = withUnique(['Code']);
    setCell(doubled, 'customers', idOf('customers', 2), ['code', 'c1']);
    expect(await checkOf(doubled, uniqueness, customers)).toMatchObject({
      verdict: 'fail',
      sampleKeys: [`id=${idOf('customers', 1)}`],
    });
  });
});

describe('not-null', () => {
  test('passes when no column that is NOT NULL by contract holds a null', async () => {
    const checks = await checksOf(keyed(), notNull);
    expect(checks.map((c) => [c.check, c.subject, c.verdict])).toEqual([
      ['not-null', 'customers', 'pass'],
      ['not-null', 'orders', 'pass'],
      ['not-null', 'logs', 'pass'],
    ]);
  });

  test('finds a null in a column that is NOT NULL by contract', async () => {
    const world = keyed();
    setCell(world, 'orders', idOf('orders', 101), ['tenant_id', null]);
    const check = await checkOf(world, notNull, 'orders');
    expect(check).toMatchObject({ verdict: 'fail', actual: 1, sampleKeys: ['orders.tenant_id'] });
  });
});

describe('other-rows', () => {
  test('compares all rows behind row-level security with what every run loaded', async () => {
    const world = keyed();
    const loaded = (table: string): number => tableIn(world.target, table).rows.length;
    const boundTables = new Map([
      ['customers', loaded('customers') + 1],
      ['orders', loaded('orders')],
    ]);
    const [first, second] = await checksOf(world, otherRows, { boundTables: async () => boundTables });
    expect(first).toMatchObject({ subject: 'customers', verdict: 'fail', expected: loaded('customers') });
    expect(first?.note).toBe('1 row that nothing brought');
    expect(second).toMatchObject({ subject: 'orders', verdict: 'pass', actual: loaded('orders') });
  });

  test('proves nothing where every table shows all its rows, or the application writes to them', async () => {
    const live = keyed();
    live.facts.isLive = true;
    const bound = { boundTables: async () => new Map([['customers', 3]]) };
    for (const checks of [await checksOf(keyed(), otherRows), await checksOf(live, otherRows, bound)])
      expect(checks).toMatchObject([{ subject: 'all', verdict: 'not-applicable' }]);
  });
});

describe('row-security', () => {
  const good = { isEnabled: true, isForced: true, rows: 10, visibleToTenant: 10, visibleToOther: 0, visibleUnset: 0 };

  test('queries each tenant table as the tenant of the run and passes', async () => {
    const world = keyed();
    const probes: RowSecurityProbe[] = [];
    const plain = memoryTarget(world.target, world.facts);
    const inspector = {
      ...plain.inspector,
      rowSecurity: async (_table: string, probe: RowSecurityProbe) => {
        probes.push(probe);
        return good;
      },
    };
    const checks = await checksOf(world, rowSecurity, { target: { ...plain, inspector } });
    expect(checks.map((c) => [c.subject, c.verdict])).toEqual([
      ['customers', 'pass'],
      ['orders', 'pass'],
      ['logs', 'pass'],
    ]);
    expect(probes[0]).toMatchObject({ ...security, tenant: tenantId('c01') });
    expect(probes[0]?.otherTenant).not.toBe(tenantId('c01'));
  });

  test.each([
    [{ isEnabled: false }, 'row-level security is not enabled'],
    [{ isForced: false }, 'row-level security is not forced on the owner'],
    [{ visibleToTenant: 9 }, 'the tenant does not see exactly its rows'],
    [{ visibleToOther: 1 }, 'another tenant sees 1 of its rows'],
    [{ visibleUnset: 2 }, 'a session without a tenant sees 2 rows'],
  ])('fails on %j', async (over, note) => {
    const world = keyed();
    world.facts.rowSecurity = { customers: { ...good, ...over }, orders: good };
    const checks = await checksOf(world, rowSecurity);
    expect(checks.map((c) => c.verdict)).toEqual(['fail', 'pass', 'incomplete']);
    expect(checks[0]?.note).toBe(note);
  });

  test('has no check if the pipeline has no row-level security', async () => {
    expect(await checksOf(shop(), rowSecurity)).toEqual([]);
  });
});

describe('types', () => {
  function alter(world: World, change: (column: Column) => Column): void {
    const table = tableIn(world.target, 'orders');
    const columns = table.schema.columns.map((c) => (c.name === 'amount' ? change(c) : c));
    world.target.set('orders', { ...table, schema: { ...table.schema, columns } });
  }

  test('passes when the live target matches the contract', async () => {
    const checks = await checksOf(shop(), types);
    expect(checks.map((c) => [c.subject, c.verdict])).toEqual([
      ['tables', 'pass'],
      ['customers', 'pass'],
      ['orders', 'pass'],
      ['logs', 'pass'],
    ]);
  });

  test.each([
    ['another scale', (c: Column): Column => ({ ...c, type: { ...c.type, scale: 1 } })],
    ['another kind', (c: Column): Column => ({ ...c, type: { kind: 'text', native: 'text' } })],
    ['a NOT NULL', (c: Column): Column => ({ ...c, nullable: false })],
    ['another name', (c: Column): Column => ({ ...c, name: 'sum' })],
  ])('fails on %s and names the column', async (_what, change) => {
    const world = shop();
    alter(world, change);
    const check = await checkOf(world, types, 'orders');
    expect(check.verdict).toBe('fail');
    expect(check.sampleKeys).toContain('orders.amount');
  });

  test('fails on a missing table and on an unknown one', async () => {
    const world = shop();
    world.target.set('left_over', { schema: { ...tableIn(world.target, 'logs').schema, name: 'left_over' }, rows: [] });
    world.target.delete('logs');
    expect(await checkOf(world, types, 'tables')).toMatchObject({ verdict: 'fail', sampleKeys: ['logs', 'left_over'] });
  });
});

describe('sequences', () => {
  test('are not applicable if there are none, and fail by name when their next value is in use', async () => {
    const world = shop();
    expect(await checksOf(world, sequences)).toMatchObject([
      { subject: 'all', verdict: 'not-applicable', expected: null, actual: null },
    ]);
    const limits = { increment: '1', cycles: false, min: '1', max: '99', isHidden: false };
    world.facts.sequences = [
      { name: 'fine', next: '8', farthest: '7', columns: [], ...limits },
      { name: 'low', next: '7', farthest: '7', columns: [], ...limits },
      { name: 'unused', next: '1', farthest: null, columns: [], ...limits },
    ];
    expect(await checksOf(world, sequences)).toMatchObject([
      { subject: 'fine', verdict: 'pass', expected: '8', actual: '8' },
      { subject: 'low', verdict: 'fail', expected: '8', actual: '7', sampleKeys: ['low'] },
      { subject: 'unused', verdict: 'not-applicable' },
    ]);
  });
});

describe('every validator', () => {
  const broken = new WaybillError('target-interrupted', 'The target hung up.', { hint: 'Try again.' });

  test.each(validators.map((v) => [v.name, v] as const))(
    '%s reports incomplete when the target cannot be queried',
    async (_name, validator) => {
      const world = keyed({
        rows: { customer: [customer(1)] },
        pipeline: { rowSecurity: security, relations: [] },
      });
      const refuse = (): never => {
        throw broken;
      };
      const inspector = new Proxy({}, { get: () => refuse });
      const target = { inspector, runs: refuse, rowFormat: refuse } as unknown as ReturnType<typeof memoryTarget>;
      const checks = await checksOf(world, validator, { target });
      expect(checks.every((c) => c.verdict !== 'fail')).toBe(true);
      const asks = !['accounting', 'foreign-keys', 'source'].includes(validator.name);
      expect(checks.some((c) => c.note?.includes('The target hung up.'))).toBe(asks);
    },
  );

  test('names are unique', () => {
    expect(new Set(validators.map((v) => v.name)).size).toBe(validators.length);
  });
});
