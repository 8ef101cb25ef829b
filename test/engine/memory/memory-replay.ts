import { lineReader } from '../../../connectors/postgres/copy/copy-text.ts';
import { sumOfDigests } from '../../../core/model/digests.ts';
import { WaybillError } from '../../../core/model/errors.ts';
import type { Column } from '../../../core/model/schema.ts';
import type { Value } from '../../../core/model/value.ts';
import type { Refusal, RefusedRow, ResolvedRow } from '../../../core/ports/ledger.ts';
import type { ReplayBatch, ReplayedRow } from '../../../core/ports/replay.ts';
import { type MemoryDatabase, places, tableIn } from '../../validators/memory.ts';
import { decoded } from '../../validators/memory-format.ts';
import { resolvedRow } from './memory-resolve.ts';
import type { MemoryState } from './memory-state.ts';

/** Replays rejects on a server in memory. */
export function replayIn(
  server: MemoryState,
  schema: string,
  database: MemoryDatabase,
  batch: ReplayBatch,
): readonly RefusedRow[] {
  const known = new Set(server.replays.map(({ run, fact }) => `${run} ${fact.mapping} ${fact.place}`));
  if (batch.rejects.some((reject) => known.has(`${batch.run} ${reject.mapping} ${reject.place}`))) {
    throw new WaybillError('run-locked', 'It was replayed already.', { hint: 'Replay what is left.' });
  }
  const table = tableIn(database, batch.table);
  const arriving = rowsOf(table.schema.columns, batch);
  const loading = batch.rejects.flatMap(({ isLoaded }, i) => (isLoaded ? [i] : []));
  const refused: RefusedRow[] = [];
  arriving.forEach((one, i) => {
    const refusal = take(server, schema, database, batch, one);
    if (refusal !== null) refused.push({ row: loading[i] as number, refusal });
  });
  const isLeft = (_: unknown, i: number): boolean => refused.every(({ row }) => row !== i);
  const rejects = batch.rejects.filter(isLeft);
  const rows = 'lines' in batch.rows ? { lines: batch.rows.lines.filter(isLeft) } : batch.rows;
  server.replays.push(...rejects.map((fact) => ({ schema, run: batch.run, fact })));
  for (const reject of rejects) correctLedger(server, { ...batch, rows }, reject);
  server.faults.afterReplay(batch);
  return refused;
}

function take(
  server: MemoryState,
  schema: string,
  database: MemoryDatabase,
  batch: ReplayBatch,
  { names, row, cells }: Arriving,
): Refusal | null {
  const table = tableIn(database, batch.table);
  const resolved: ResolvedRow[] = [];
  const refusal = server.faults.refuse(batch.table, row) ?? giveWay(database, batch, cells, resolved);
  if (refusal !== null) return refusal;
  const at = places(table.schema, table.schema.key);
  if (names.length > 0 && table.rows.some((other) => at.every((i) => other[i] === cells[i]))) {
    return { sqlstate: '23505', constraint: `${batch.table}_pkey`, column: null };
  }
  table.rows.push(cells);
  server.resolved.push(...resolved.map((fact) => ({ schema, run: batch.run, fact })));
  return null;
}

interface Arriving {
  readonly names: readonly string[];
  readonly row: readonly Value[];
  readonly cells: Value[];
}

function rowsOf(columns: readonly Column[], { rows }: ReplayBatch): Arriving[] {
  if ('lines' in rows) {
    const read = lineReader({ name: '', columns, key: [], unique: [], estimatedRows: null });
    return rows.lines.map((line) => ({ names: [], row: [], cells: [...read(line)] }));
  }
  const own = rows.columns.map((name) => columns.find((c) => c.name === name) as Column);
  return decoded(rows.encoded, own).map((row) => ({
    names: rows.columns,
    row,
    cells: columns.map(({ name }) => row[rows.columns.indexOf(name)] ?? null),
  }));
}

function giveWay(
  database: MemoryDatabase,
  batch: ReplayBatch,
  cells: Value[],
  resolved: ResolvedRow[],
): Refusal | null {
  const { schema } = tableIn(database, batch.table);
  for (const reference of batch.references) {
    const { column, parent, parentColumn, orphan } = reference;
    const [at = 0] = places(schema, [column]);
    const [parentAt = 0] = places(tableIn(database, parent).schema, [parentColumn]);
    if (cells[at] === null || tableIn(database, parent).rows.some((row) => row[parentAt] === cells[at])) continue;
    if (orphan === 'reject') return { sqlstate: '23503', constraint: null, column };
    const key = places(schema, schema.key).map((i) => String(cells[i]));
    const mapping = batch.rejects[0]?.mapping ?? null;
    resolved.push(resolvedRow({ ...reference, mapping }, key, String(cells[at]), null));
    cells[at] = null;
  }
  return null;
}

function correctLedger(server: MemoryState, { run, table, rows }: ReplayBatch, reject: ReplayedRow): void {
  if (reject.part === 0) {
    const { lines } = rows as { readonly lines: readonly string[] };
    server.resolved = server.resolved.filter(
      (s) => s.run !== run || s.fact.table !== table || !lines.includes(s.fact.row ?? ''),
    );
    return;
  }
  server.ledger = server.ledger.map((each) => {
    const { fact } = each;
    if (fact.run !== run || fact.mapping !== reject.mapping || fact.part.number !== reject.part) return each;
    return {
      ...each,
      fact: {
        ...fact,
        loaded: fact.loaded + Number(reject.isLoaded),
        filtered: fact.filtered + Number(!reject.isLoaded),
        rejected: fact.rejected - 1,
        adjusted: fact.adjusted + reject.adjusted,
        digest: sumOfDigests([fact.digest, reject.digest]),
      },
    };
  });
}
