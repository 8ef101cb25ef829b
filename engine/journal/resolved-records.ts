import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { RowRecord } from '../../core/model/records.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import { resolvedOf } from '../../core/validation/tally.ts';
import type { JournalContext } from './journal-context.ts';

/** Returns the records of the references that were resolved in a mapping's rows. */
export function resolvedRecords(
  { folder }: Pick<JournalContext, 'folder'>,
  planned: PlannedMapping,
  all: readonly ResolvedRow[],
): readonly RowRecord[] {
  return resolvedOf(planned, all).map((one) => recordOf(folder.run, planned, one));
}

function recordOf(run: string, planned: PlannedMapping, resolved: ResolvedRow): RowRecord {
  const key = planned.target.key.map((name, i) => `${name}=${resolved.key[i]}`).join(', ');
  const { column, reason: rule, disagreeing } = resolved;
  const why = disagreeing.length === 0 ? { rule } : { rule, disagreeing };
  const common = { run, mapping: planned.name, part: 0, key, ...why, column };
  if (resolved.action === 'null') return { kind: 'adjustment', ...common, from: resolved.value, to: null };
  const row = resolved.row ?? '';
  const parent = { table: resolved.parent, value: resolved.value };
  return { kind: 'reject', ...common, stage: 'resolve', sqlstate: null, constraint: null, row, parent };
}
