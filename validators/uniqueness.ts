import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { Column } from '../core/model/schema.ts';
import { bothOf } from '../core/parallel.ts';
import type { Constraint } from '../core/ports/target.ts';
import type { Check } from '../core/validation/check.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { checkSafely, type Finding, plural } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

/**
 * Whether what must be unique is: each key of both contracts has no duplicates where it stands, and the target enforces
 * it. And, as `not-null`, whether no column holds nulls that ought not to.
 */
export const uniqueness: Validator = {
  name: 'uniqueness',
  async *run(context): AsyncIterable<Check> {
    let constraints: Promise<readonly Constraint[]> | null = null;
    yield* mapConcurrent(context.plan.mappings, (planned) =>
      checkSafely({ check: 'uniqueness', subject: planned.name }, async () => {
        constraints ??= context.target.inspector.constraints();
        return lookAtKeys(context, planned, await constraints);
      }),
    );
    const targets = new Map(context.plan.mappings.map((m) => [m.target.name, m]));
    yield* mapConcurrent(targets, ([table, planned]) =>
      checkSafely({ check: 'not-null', subject: table }, () => lookForNulls(context, planned)),
    );
  },
};

/** One key on one side. */
interface Key {
  readonly side: 'source' | 'target';
  readonly columns: readonly string[];
}

interface LookedAt {
  readonly fault: string | null;
  readonly gap: string | null;
  readonly note: string | null;
  readonly sampleKeys: readonly string[];
}

async function lookAtKeys(
  context: ValidationContext,
  planned: PlannedMapping,
  constraints: readonly Constraint[],
): Promise<Finding> {
  const own = constraints.filter((c) => c.table === planned.target.name && isUnique(c));
  const { source, target } = planned;
  const sourceKeys = [source.key, ...source.unique].filter((key) => key.length > 0);
  const found = sourceKeys.map((key) => counterparts(context, planned, own, key));
  const alone = sourceKeys.filter((_, i) => found[i]?.length === 0);
  const missing = alone.map((key) => missingCounterpart(planned, key));
  const targetKeys = distinct([target.key, ...target.unique, ...found.flat()]);
  const unenforced = targetKeys.filter((key) => !own.some((c) => isSameSet(c.columns, key))).map(notEnforced);
  const carried = alone.flatMap((key) => [carriedKey(planned, key)?.map((c) => c.name) ?? []]);
  const duplicatesIn = async (side: Key['side'], keys: readonly (readonly string[])[]): Promise<LookedAt[]> => {
    const looked: LookedAt[] = [];
    for (const columns of keys) looked.push(await lookForDuplicates(context, planned, { side, columns }));
    return looked;
  };
  const looked = await bothOf(
    duplicatesIn('source', sourceKeys),
    duplicatesIn('target', distinct([...targetKeys, ...carried])),
  );
  const duplicates = looked.flat();
  return findingOf([...missing, ...unenforced, ...duplicates], duplicates.length, context.maxKeys);
}

function findingOf(looked: readonly LookedAt[], expected: number, maxKeys: number): Finding {
  const faults = looked.flatMap((l) => l.fault ?? []);
  const gaps = looked.flatMap((l) => l.gap ?? []);
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected,
    actual: Math.max(0, expected - faults.length - gaps.length),
    sampleKeys: looked.flatMap((l) => l.sampleKeys).slice(0, maxKeys),
    notes: [...faults, ...gaps, ...looked.flatMap((l) => l.note ?? [])],
  };
}

function isUnique({ kind }: Constraint): boolean {
  return kind === 'primary' || kind === 'unique';
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function distinct(keys: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return keys.filter((key, i) => key.length > 0 && keys.findIndex((other) => isSameSet(other, key)) === i);
}

/** The constraints whose columns, but for the tenant's, are made of exactly the columns of a source key. */
function counterparts(
  { pipeline }: ValidationContext,
  { mapping }: PlannedMapping,
  constraints: readonly Constraint[],
  key: readonly string[],
): readonly (readonly string[])[] {
  const tenantColumn = pipeline.rowSecurity?.tenantColumn;
  return constraints
    .map((c) => c.columns)
    .filter((columns) => {
      const reads = columns.filter((c) => c !== tenantColumn).flatMap((c) => mapping.columns[c]?.reads ?? ['']);
      return isSameSet(reads, key);
    });
}

/**
 * A source key that nothing in the target enforces. Texts are noted only: they are unique by the legacy collation, which
 * takes an index over an expression, and those are not among the constraints.
 */
function missingCounterpart(planned: PlannedMapping, key: readonly string[]): LookedAt {
  const carried = carriedKey(planned, key);
  const nothing = { fault: null, gap: null, note: null, sampleKeys: [] };
  const text = `source key (${key.join(', ')})`;
  if (carried === null) return { ...nothing, note: `${text} is not carried` };
  if (carried.some((c) => c.type.kind === 'text')) return { ...nothing, note: `no plain constraint enforces ${text}` };
  return { ...nothing, fault: `the target does not enforce ${text}` };
}

/** The target columns that are made of one column each of a source key; null when one has none. */
function carriedKey({ columns, mapping }: PlannedMapping, key: readonly string[]): readonly Column[] | null {
  const carried = key.flatMap((name) => columns.find((c) => mapping.columns[c.name]?.reads.join('\n') === name) ?? []);
  return carried.length === key.length ? carried : null;
}

function notEnforced(columns: readonly string[]): LookedAt {
  return { fault: `the target has no unique key (${columns.join(', ')})`, gap: null, note: null, sampleKeys: [] };
}

async function lookForDuplicates(context: ValidationContext, planned: PlannedMapping, key: Key): Promise<LookedAt> {
  const { inspector } = context[key.side];
  const found = await inspector.duplicates(planned[key.side], key.columns, context.maxKeys);
  const text = `(${key.columns.join(', ')}) of the ${key.side}`;
  return {
    fault: found.count === 0 ? null : `${plural(found.count, 'duplicate')} in ${text}`,
    gap: found.isComplete ? null : `${text}: ${found.note ?? 'could not be looked through'}`,
    note: null,
    sampleKeys: found.keys,
  };
}

async function lookForNulls(
  { target, maxKeys }: ValidationContext,
  { target: table }: PlannedMapping,
): Promise<Finding> {
  const columns = table.columns.filter((c) => !c.nullable).map((c) => c.name);
  const found = await target.inspector.nulls(table.name, columns);
  return {
    verdict: found.length === 0 ? 'pass' : 'fail',
    expected: 0,
    actual: found.reduce((sum, { count }) => sum + count, 0),
    sampleKeys: found.slice(0, maxKeys).map(({ column }) => `${table.name}.${column}`),
  };
}
