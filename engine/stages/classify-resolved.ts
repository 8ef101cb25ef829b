import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { rowKey } from '../../core/model/row-key.ts';
import { rowText, valueText } from '../../core/model/row-text.ts';
import type { Row, Value } from '../../core/model/value.ts';
import type { Reference, ResolvedRow } from '../../core/ports/ledger.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Target } from '../../core/ports/target.ts';
import { findMissingParents, type MissingParents, referenceOf } from '../../core/validation/missing-parents.ts';
import { mappingsTo } from '../../core/validation/tally.ts';
import { resolvedRecords } from '../journal/resolved-records.ts';
import { readRecords } from '../journal/row-records.ts';
import type { RunContext } from '../run-context.ts';

/** Where the loaded rows can be read again. */
export interface LoadedFrom {
  readonly source: Source;
  /** The mapping as the load reads it: of the source, or of the transform directory. */
  readonly as: (planned: PlannedMapping) => PlannedMapping;
}

type Context = Pick<RunContext, 'folder' | 'selected' | 'plan' | 'options' | 'manifest'>;

/**
 * Finds for each resolved row which mapping loaded it, and whether its parent was left out of the target. The target keeps both.
 * @param from is read again where several mappings feed one table and rows of it were resolved.
 * @returns the rows with what was found.
 */
export async function classifyResolved(
  context: Context,
  target: Target,
  resolved: readonly ResolvedRow[],
  from: LoadedFrom | null,
): Promise<readonly ResolvedRow[]> {
  const owned = from === null ? resolved : await withMappings(context, resolved, from);
  const classified = await withReasons(context, target, owned);
  await target.classifyResolved(classified.filter((row, i) => row !== resolved[i]));
  return classified;
}

async function withMappings(
  context: Context,
  resolved: readonly ResolvedRow[],
  from: LoadedFrom,
): Promise<readonly ResolvedRow[]> {
  const unowned = resolved.filter(({ mapping }) => mapping === null);
  const owners = new Map<string, string>();
  for (const table of new Set(unowned.map((row) => row.table))) {
    const keys = new Set(unowned.filter((row) => row.table === table).map(({ key }) => rowText(key)));
    for (const planned of mappingsTo(table, context.selected)) {
      for await (const key of loadedKeys(context, planned, from)) {
        if (keys.has(key)) owners.set(`${table} ${key}`, planned.name);
      }
    }
  }
  return resolved.map((row) => {
    if (row.mapping !== null) return row;
    // A source that changed since may lack the row. Then it counts for the first mapping, so that it counts once.
    const first = mappingsTo(row.table, context.selected)[0]?.name ?? null;
    return { ...row, mapping: owners.get(`${row.table} ${rowText(row.key)}`) ?? first };
  });
}

/** The target keys, as canonical text, of the rows that a mapping loaded. */
async function* loadedKeys(
  context: Context,
  planned: PlannedMapping,
  { source, as }: LoadedFrom,
): AsyncGenerator<string> {
  const read = as(planned);
  const rejected = await rejectedKeys(context, planned);
  const places = planned.target.key.map((name) => planned.columns.findIndex((column) => column.name === name));
  const parts = context.manifest.parts[read.source.name] ?? (await source.parts(read.source, context.options.partRows));
  for (const part of parts) {
    const mapper = read.mapper();
    for await (const batch of source.read(read.source, part)) {
      for (const row of batch) {
        const mapped = mapper.map(row).row;
        if (mapped !== null && !rejected.has(rowKey(read.source, row))) yield keyText(mapped, places);
      }
    }
  }
}

function keyText(row: Row, places: readonly number[]): string {
  return rowText(places.map((place) => valueText((row[place] ?? null) as Value)));
}

/** The keys of the rows that the load rejected. The reject limits keep them few. */
async function rejectedKeys({ folder }: Context, { name }: PlannedMapping): Promise<ReadonlySet<string | null>> {
  const keys = new Set<string | null>();
  for await (const record of readRecords(folder.recordsPath, name)) {
    if (record.kind === 'reject' && record.stage !== 'resolve') keys.add(record.key);
  }
  return keys;
}

async function withReasons(
  context: Context,
  target: Target,
  resolved: readonly ResolvedRow[],
): Promise<readonly ResolvedRow[]> {
  if (resolved.every(({ reason }) => reason !== 'orphan')) return resolved;
  const ledger = await target.ledger(context.folder.run);
  const { plan, selected, folder } = context;
  const records = async function* (mapping: string): ReturnType<typeof readRecords> {
    yield* readRecords(folder.recordsPath, mapping);
    const planned = selected.find(({ name }) => name === mapping) as PlannedMapping;
    yield* resolvedRecords(context, planned, resolved);
  };
  const known = new Map<Reference, MissingParents>();
  const missingFor = async (reference: Reference): Promise<MissingParents> => {
    const parents = mappingsTo(reference.parent, selected);
    const found =
      known.get(reference) ??
      (await findMissingParents({ plan, target, ledger, resolved, records }, parents, reference));
    known.set(reference, found);
    return found;
  };
  const classified: ResolvedRow[] = [];
  for (const row of resolved) {
    const reference = row.reason === 'orphan' ? referenceOf(plan.references, row) : undefined;
    const reason = reference === undefined ? null : (await missingFor(reference)).reasonOf(row);
    classified.push(reason === null ? row : { ...row, reason });
  }
  return classified;
}
