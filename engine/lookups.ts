import { type Found, keyText, type Lookup } from '../core/joins.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Source } from '../core/ports.ts';
import { indexOf } from '../core/row-key.ts';
import type { Row, Value } from '../core/value.ts';
import type { RunContext } from './run-context.ts';

/**
 * Reads what the mappings ask of other source tables and hands it to their mappers. Each lookup stands in memory whole:
 * the key and the columns that are used. Of a winner's table only those keys are kept that the loser has too.
 *
 * Called once a run has its source and before it maps or maps again; the source's snapshot decides.
 */
export async function readLookups(context: RunContext, source: Source): Promise<void> {
  const selected: PlannedMapping[] = [];
  for (const planned of context.selected) {
    if (planned.lookups.length === 0) {
      selected.push(planned);
      continue;
    }
    const found = new Map<Lookup, ReadonlyMap<string, Row>>();
    for (const lookup of planned.lookups) found.set(lookup, await readLookup(context, source, planned, lookup));
    selected.push(withFound(context, planned, found));
  }
  context.selected = selected;
}

function withFound({ plan }: RunContext, { name }: PlannedMapping, found: Found): PlannedMapping {
  const planned = plan.mappings.find((m) => m.name === name) as PlannedMapping;
  return { ...planned, mapper: () => planned.mapper(found) };
}

async function readLookup(
  context: RunContext,
  source: Source,
  planned: PlannedMapping,
  lookup: Lookup,
): Promise<ReadonlyMap<string, Row>> {
  // Whether a row is there matters only where the mapping has it too: the keys of a winner are many, those it shares few.
  const own = lookup.columns.length > 0 ? null : await keysOf(context, source, planned);
  const rows = new Map<string, Row>();
  const columns = lookup.columns.map((name) => indexOf(lookup.table, name));
  for await (const { key, row } of keyedRows(context, source, lookup)) {
    if (own === null || own.has(key))
      rows.set(
        key,
        columns.map((i) => row[i] as Value),
      );
  }
  return rows;
}

async function keysOf(context: RunContext, source: Source, { source: table }: PlannedMapping): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { key } of keyedRows(context, source, { table, on: table.key, columns: [] })) keys.add(key);
  return keys;
}

/** The rows of a lookup's table; those without a whole key are nobody's. */
async function* keyedRows(
  { options }: RunContext,
  source: Source,
  { table, on }: Lookup,
): AsyncGenerator<{ key: string; row: Row }> {
  const places = on.map((name) => indexOf(table, name));
  for (const part of await source.parts(table, options.partRows)) {
    for await (const batch of source.read(table, part)) {
      for (const row of batch) {
        const key = keyText(places.map((i) => row[i] as Value));
        if (key !== null) yield { key, row };
      }
    }
  }
}
