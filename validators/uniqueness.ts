import type { PlannedMapping } from '../core/mapping/plan/plan.ts';
import type { Column } from '../core/model/schema.ts';
import { bothOf } from '../core/parallel.ts';
import type { Constraint } from '../core/ports/target.ts';
import type { Finding } from '../core/validation/check.ts';
import { isSameSet, keyCounterparts } from '../core/validation/key-counterparts.ts';
import type { ValidationContext, Validator } from '../core/validation/validator.ts';
import { type CheckResult, checkSubject, notApplicable, plural } from './check-result.ts';
import { mapConcurrent } from './map-concurrent.ts';

/** Checks each key of both contracts. */
export const uniqueness: Validator = {
  name: 'uniqueness',
  proves:
    'Each key of both contracts has no duplicates on its side, and the target enforces it unless the mapping says why not.',
  cannotSee:
    'Whether an index over an expression enforces a text key; the note names such keys. Duplicates in the target that differ only in case or trailing spaces.',
  async *run(context): AsyncIterable<Finding> {
    let constraints: Promise<readonly Constraint[]> | null = null;
    yield* mapConcurrent(context.plan.mappings, (planned) =>
      checkSubject(planned.name, async () => {
        constraints ??= context.target.inspector.constraints();
        return checkKeys(context, planned, await constraints);
      }),
    );
  },
};

/** One key on one side. */
interface Key {
  readonly side: 'source' | 'target';
  readonly columns: readonly string[];
}

/** The result for one key; null where there is nothing to say. */
interface KeyResult {
  readonly fault: string | null;
  readonly gap: string | null;
  readonly note: string | null;
  readonly sampleKeys: readonly string[];
}

async function checkKeys(
  context: ValidationContext,
  planned: PlannedMapping,
  constraints: readonly Constraint[],
): Promise<CheckResult> {
  const unique = constraints.filter((c) => c.table === planned.target.name && isUnique(c));
  const { source, target } = planned;
  const sourceKeys = [source.key, ...source.unique].filter((key) => key.length > 0);
  const enforcing = sourceKeys.map((key) =>
    keyCounterparts(
      context.pipeline,
      planned.mapping,
      unique.map((c) => c.columns),
      key,
    ),
  );
  const alone = sourceKeys.filter((_, i) => enforcing[i]?.length === 0);
  const missing = alone.map((key) => missingCounterpart(planned, key));
  const targetKeys = distinct([target.key, ...target.unique, ...enforcing.flat()]);
  const unenforced = targetKeys.filter((key) => !unique.some((c) => isSameSet(c.columns, key))).map(notEnforced);
  const carried = alone.flatMap((key) => [carriedKey(planned, key)?.map((c) => c.name) ?? []]);
  const duplicatesIn = async (side: Key['side'], keys: readonly (readonly string[])[]): Promise<KeyResult[]> => {
    const results: KeyResult[] = [];
    for (const columns of keys) results.push(await checkDuplicates(context, planned, { side, columns }));
    return results;
  };
  const found = await bothOf(
    duplicatesIn('source', sourceKeys),
    duplicatesIn('target', distinct([...targetKeys, ...carried])),
  );
  const duplicates = found.flat();
  if (missing.length + unenforced.length + duplicates.length === 0) return notApplicable('neither side has a key');
  return resultOf([...missing, ...unenforced, ...duplicates], duplicates.length, context.maxKeys);
}

function resultOf(results: readonly KeyResult[], expected: number, maxKeys: number): CheckResult {
  const faults = results.flatMap((r) => r.fault ?? []);
  const gaps = results.flatMap((r) => r.gap ?? []);
  return {
    verdict: faults.length > 0 ? 'fail' : gaps.length > 0 ? 'incomplete' : 'pass',
    expected,
    actual: Math.max(0, expected - faults.length - gaps.length),
    sampleKeys: results.flatMap((r) => r.sampleKeys).slice(0, maxKeys),
    notes: [...faults, ...gaps, ...results.flatMap((r) => r.note ?? [])],
  };
}

function isUnique({ kind }: Constraint): boolean {
  return kind === 'primary' || kind === 'unique';
}

function distinct(keys: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return keys.filter((key, i) => key.length > 0 && keys.findIndex((other) => isSameSet(other, key)) === i);
}

/**
 * Describes a source key that no constraint of the target enforces. A text key only gets a note: it is unique by the legacy
 * collation, which needs an index over an expression, and such indexes are not among the constraints.
 */
function missingCounterpart(planned: PlannedMapping, key: readonly string[]): KeyResult {
  const carried = carriedKey(planned, key);
  const nothing = { fault: null, gap: null, note: null, sampleKeys: [] };
  const text = `source key (${key.join(', ')})`;
  const why = planned.mapping.unenforcedKeys?.[key.join(', ')];
  if (why !== undefined) return { ...nothing, note: `the target does not enforce ${text}: ${why}` };
  if (carried === null) return { ...nothing, note: `${text} is not carried` };
  if (carried.some((c) => c.type.kind === 'text')) return { ...nothing, note: `no plain constraint enforces ${text}` };
  return { ...nothing, fault: `the target does not enforce ${text}` };
}

/** The target columns that are each made of one column of a source key; null when a key column has none. */
function carriedKey({ columns, mapping }: PlannedMapping, key: readonly string[]): readonly Column[] | null {
  const carried = key.flatMap((name) => columns.find((c) => mapping.columns[c.name]?.reads.join('\n') === name) ?? []);
  return carried.length === key.length ? carried : null;
}

function notEnforced(columns: readonly string[]): KeyResult {
  return { fault: `the target has no unique key (${columns.join(', ')})`, gap: null, note: null, sampleKeys: [] };
}

async function checkDuplicates(context: ValidationContext, planned: PlannedMapping, key: Key): Promise<KeyResult> {
  const { inspector } = context[key.side];
  const found = await inspector.duplicates(planned[key.side], key.columns, context.maxKeys);
  const text = `(${key.columns.join(', ')}) of the ${key.side}`;
  return {
    fault: found.count === 0 ? null : `${plural(found.count, 'duplicate')} in ${text}`,
    gap: found.isComplete ? null : `${text}: ${found.note ?? 'could not be checked completely'}`,
    note: null,
    sampleKeys: found.keys,
  };
}
