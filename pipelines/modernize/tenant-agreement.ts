import {
  type CheckResult,
  checkSubject,
  type Finding,
  plural,
  type ValidationContext,
  type Validator,
} from '../../public/index.ts';

const tenantColumn = 'client_account_id';

/** A relation between two target tables that have a tenant each. */
interface TenantRelation {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
  readonly parentColumn: string;
}

/** Looks for target rows whose tenant is not that of the row that they belong to. */
export const tenantAgreement: Validator = {
  name: 'tenant-agreement',
  proves: 'Every row has the tenant of its engagement, import, flow and asset, except mock rows that were moved.',
  cannotSee: 'Whether a tenant is the right one, and rows without a tenant or without a parent.',
  async *run(context): AsyncGenerator<Finding> {
    const moved = new Map<string, ReadonlySet<string>>();
    for (const relation of tenantRelations(context)) {
      const subject = `${relation.child}(${relation.column}) > ${relation.parent}`;
      yield await checkSubject(subject, () => compareTenants(context, relation, moved));
    }
  },
};

function tenantRelations({ pipeline }: ValidationContext): TenantRelation[] {
  const hasTenant = (table: string): boolean =>
    tenantColumn in (pipeline.target.contract[table]?.columns ?? {}) && table !== 'client_accounts';
  const all = pipeline.relations.flatMap(({ target }): [string, TenantRelation][] => {
    if (target === undefined || !hasTenant(target.child) || !hasTenant(target.parent)) return [];
    const [column, parentColumn] = [target.columns[0] as string, target.parentColumns[0] as string];
    const relation = { child: target.child, column, parent: target.parent, parentColumn };
    return [[JSON.stringify(relation), relation]];
  });
  return [...new Map(all).values()];
}

/** @param moved the mock rows of each table that moved to a test tenant, as far as they were read. */
async function compareTenants(
  context: ValidationContext,
  relation: TenantRelation,
  moved: Map<string, ReadonlySet<string>>,
): Promise<CheckResult> {
  const { inspector } = context.target;
  const tableOf = (name: string) => context.plan.mappings.find(({ target }) => target.name === name)?.target;
  const [child, parent] = [tableOf(relation.child), tableOf(relation.parent)];
  if (child === undefined || parent === undefined)
    return { verdict: 'incomplete', expected: null, actual: null, notes: ['a table took no part'] };
  const by = { child, columns: [relation.column], parent, parentColumns: [relation.parentColumn], none: [] };
  const withTenant = {
    ...by,
    columns: [tenantColumn, relation.column],
    parentColumns: [tenantColumn, relation.parentColumn],
  };
  const { count } = await inspector.orphans(withTenant, 0);
  if (count === 0) return { verdict: 'pass', expected: 0, actual: 0 };
  const [pairs, orphans] = [await inspector.orphans(withTenant, count), await inspector.orphans(by, count)];
  if (!moved.has(relation.child)) moved.set(relation.child, await movedRows(context, relation.child));
  const expected = new Set([...orphans.keys, ...(moved.get(relation.child) ?? [])]);
  const other = pairs.keys.filter((key) => !expected.has(key));
  return {
    verdict: other.length === 0 ? 'pass' : 'fail',
    expected: 0,
    actual: other.length,
    sampleKeys: other.slice(0, context.maxKeys),
    notes: other.length === 0 ? [] : [`${plural(other.length, 'row')} of another tenant than ${relation.parent}`],
  };
}

/** The keys of a table's rows that a mock flag moved to a test tenant. */
async function movedRows({ plan, records }: ValidationContext, table: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { name, target } of plan.mappings) {
    if (target.name !== table) continue;
    for await (const { kind, rule, key } of records(name))
      if (kind === 'adjustment' && rule === 'mock-row') keys.add(key);
  }
  return keys;
}
