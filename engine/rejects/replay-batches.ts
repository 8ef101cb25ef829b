import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { Reference, Refusal } from '../../core/ports/ledger.ts';
import type { ReplayRows } from '../../core/ports/replay.ts';
import type { Target } from '../../core/ports/target.ts';
import { isolateRefused } from '../parts/isolate-refused.ts';
import { retryTransaction } from '../parts/retry.ts';
import type { ReadyRow, Unreplayed } from './replay-rows.ts';

/** Where the rows of one mapping go. */
export interface ReplayTo {
  readonly run: string;
  readonly target: Target;
  readonly planned: PlannedMapping;
  readonly format: RowFormat;
  readonly references: readonly Reference[];
}

interface Outcome {
  loaded: number;
  filtered: number;
  readonly refused: Unreplayed[];
}

/** Rows per transaction. */
const batchRows = 500;

/** Loads rows batch by batch and isolates the rows that the target refuses. */
export async function replayBatches(to: ReplayTo, rows: readonly ReadyRow[]): Promise<Outcome> {
  const outcome: Outcome = { loaded: 0, filtered: 0, refused: [] };
  const resolved = rows.filter(({ row }) => typeof row === 'string');
  const mapped = rows.filter(({ row }) => typeof row !== 'string');
  for (const kind of [mapped, resolved]) {
    for (let at = 0; at < kind.length; at += batchRows) await replayBatch(to, kind.slice(at, at + batchRows), outcome);
  }
  return outcome;
}

function replayBatch(to: ReplayTo, rows: readonly ReadyRow[], outcome: Outcome): Promise<void> {
  const tryLoad = async (from: number, end: number): Promise<Refusal | null> => {
    const range = rows.slice(from, end);
    const refusal = await load(to, range);
    if (refusal !== null) return refusal;
    const loaded = range.filter(({ row }) => row !== null).length;
    outcome.loaded += loaded;
    outcome.filtered += range.length - loaded;
    return null;
  };
  return isolateRefused(rows.length, tryLoad, async (row, cause) => {
    outcome.refused.push({ reject: (rows[row] as ReadyRow).reject, cause });
  });
}

/** A lost acknowledgement is answered by the target's own memory. */
function load(
  { run, target, planned, format, references }: ReplayTo,
  rows: readonly ReadyRow[],
): Promise<Refusal | null> {
  const batch = {
    ...{ run, table: planned.target.name, references },
    rejects: rows.map(({ replayed }) => replayed),
    rows: rowsOf(planned, format, rows),
  };
  const isIn = async (): Promise<boolean> => {
    const [first] = batch.rejects;
    return (await target.replayed(run)).some((r) => r.mapping === first?.mapping && r.place === first.place);
  };
  return retryTransaction(
    () => target.replay(batch),
    async () => ((await isIn()) ? { value: null } : null),
  );
}

function rowsOf({ columns }: PlannedMapping, format: RowFormat, rows: readonly ReadyRow[]): ReplayRows {
  const lines = rows.flatMap(({ row }) => (typeof row === 'string' ? [row] : []));
  if (lines.length > 0) return { lines };
  const encoded = new RowBuffer();
  for (const { row } of rows) if (row !== null) encoded.add(format, row as Row);
  return { encoded, columns: columns.map(({ name }) => name), format };
}
