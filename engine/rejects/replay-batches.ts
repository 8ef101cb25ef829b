import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import { RowBuffer, type RowFormat } from '../../core/model/encoded.ts';
import type { Row } from '../../core/model/value.ts';
import type { Reference, Refusal } from '../../core/ports/ledger.ts';
import type { ReplayRows } from '../../core/ports/replay.ts';
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

/** Rows of one transaction at the most. */
const batchRows = 500;

/** Loads rows batch by batch; a batch that the target refuses is halved until the refused rows stand alone. */
export async function replayBatches(to: ReplayTo, rows: readonly ReadyRow[]): Promise<Outcome> {
  const outcome: Outcome = { loaded: 0, filtered: 0, refused: [] };
  const resolved = rows.filter(({ row }) => typeof row === 'string');
  const mapped = rows.filter(({ row }) => typeof row !== 'string');
  for (const kind of [mapped, resolved]) {
    for (let at = 0; at < kind.length; at += batchRows) await loadOrHalve(to, kind.slice(at, at + batchRows), outcome);
  }
  return outcome;
}

async function loadOrHalve(to: ReplayTo, rows: readonly ReadyRow[], outcome: Outcome): Promise<void> {
  const refusal = await load(to, rows);
  const [first] = rows as [ReadyRow];
  if (refusal === null) {
    const loaded = rows.filter(({ row }) => row !== null).length;
    outcome.loaded += loaded;
    outcome.filtered += rows.length - loaded;
  } else if (rows.length === 1) {
    outcome.refused.push({ reject: first.reject, cause: refusal });
  } else {
    const middle = rows.length >> 1;
    await loadOrHalve(to, rows.slice(0, middle), outcome);
    await loadOrHalve(to, rows.slice(middle), outcome);
  }
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
