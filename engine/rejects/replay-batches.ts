import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { Reference, RefusedRow } from '../../core/ports/ledger.ts';
import type { ReplayBatch, ReplayedRow, ReplayRows } from '../../core/ports/replay.ts';
import type { Target } from '../../core/ports/target.ts';
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

/** Loads rows batch by batch. Rows that the target refuses stay rejects. */
export async function replayBatches(to: ReplayTo, rows: readonly ReadyRow[]): Promise<Outcome> {
  const outcome: Outcome = { loaded: 0, filtered: 0, refused: [] };
  const resolved = rows.filter(({ row }) => typeof row === 'string');
  const mapped = rows.filter(({ row }) => typeof row !== 'string');
  for (const kind of [mapped, resolved]) {
    for (let at = 0; at < kind.length; at += batchRows) await replayBatch(to, kind.slice(at, at + batchRows), outcome);
  }
  return outcome;
}

async function replayBatch(to: ReplayTo, rows: readonly ReadyRow[], outcome: Outcome): Promise<void> {
  const refused = await load(to, rows);
  const gone = new Set(refused.map(({ row }) => row));
  const done = rows.filter((_, i) => !gone.has(i));
  const loaded = done.filter(({ row }) => row !== null).length;
  outcome.loaded += loaded;
  outcome.filtered += done.length - loaded;
  outcome.refused.push(
    ...refused.map(({ row, refusal }) => ({ reject: (rows[row] as ReadyRow).reject, cause: refusal })),
  );
}

/** A lost acknowledgement is answered by the target's own memory. Rows that it does not know are replayed again. */
async function load(to: ReplayTo, rows: readonly ReadyRow[]): Promise<readonly RefusedRow[]> {
  const { run, target } = to;
  let pending = rows.map((_, i) => i);
  const already = async (): Promise<{ readonly value: readonly RefusedRow[] } | null> => {
    const known = new Set((await target.replayed(run)).map(placeOf));
    pending = pending.filter((i) => !known.has(placeOf((rows[i] as ReadyRow).replayed)));
    return pending.length === 0 ? { value: [] } : null;
  };
  const replay = (): Promise<readonly RefusedRow[]> => {
    return target.replay(
      batchOf(
        to,
        pending.map((i) => rows[i] as ReadyRow),
      ),
    );
  };
  const refused = await retryTransaction(replay, already);
  return refused.map(({ row, refusal }) => ({ row: pending[row] as number, refusal }));
}

const placeOf = ({ mapping, place }: ReplayedRow): string => `${mapping} ${place}`;

function batchOf({ run, planned, format, references }: ReplayTo, rows: readonly ReadyRow[]): ReplayBatch {
  const rejects = rows.map(({ replayed }) => replayed);
  return { run, table: planned.target.name, references, rejects, rows: rowsOf(planned, format, rows) };
}

function rowsOf({ columns }: PlannedMapping, format: RowFormat, rows: readonly ReadyRow[]): ReplayRows {
  const lines = rows.flatMap(({ row }) => (typeof row === 'string' ? [row] : []));
  if (lines.length > 0) return { lines };
  const encoded = new RowBuffer();
  for (const { row } of rows) if (row !== null) encoded.add(format, row as Row);
  return { encoded, columns: columns.map(({ name }) => name), format };
}
