import { settledOf } from '../core/account.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Reference, Settled, Target } from '../core/ports.ts';
import type { RowRecord } from '../core/records.ts';
import { countOfSettled } from './event-counts.ts';
import { failpoint } from './failpoint.ts';
import { PartRecords, recordsFile } from './part-records.ts';
import { budgetOf } from './reject-budget.ts';
import { type RunContext, timedStage } from './run-context.ts';

/**
 * Makes the references of the loaded tables hold and writes down what that took. References to tables that did not take
 * part are left alone: their parents are not here to be found.
 */
export async function settleStage(context: RunContext, target: Target): Promise<void> {
  const references = settledReferences(context);
  await timedStage(context, 'settle', async () => {
    context.options.progress.stage('settle', []);
    const settled = await target.settle(context.folder.run, references);
    failpoint('settle-committed');
    for (const planned of context.selected) await recordSettled(context, planned, settled);
    failpoint('settle-recorded');
    const budget = budgetOf(context, await target.ledger(context.folder.run));
    budget.settle(new Map(context.selected.map((m) => [m.name, rejectedOf(m, context.selected, settled)])));
    return settled.length;
  });
}

function rejectedOf(planned: PlannedMapping, all: readonly PlannedMapping[], settled: readonly Settled[]): number {
  return settledOf(planned, all, settled).filter(({ action }) => action === 'reject').length;
}

/** The references that a run settles. */
export function settledReferences({ plan, selected }: Pick<RunContext, 'plan' | 'selected'>): readonly Reference[] {
  const loaded = new Set(selected.map((m) => m.target.name));
  return plan.references.filter((r) => loaded.has(r.table) && loaded.has(r.parent));
}

/** The records of what was settled of a mapping. */
export function settledRecords(
  { folder, selected }: Pick<RunContext, 'folder' | 'selected'>,
  planned: PlannedMapping,
  all: readonly Settled[],
): readonly RowRecord[] {
  return settledOf(planned, selected, all).map((one) => recordOf(folder.run, planned, one));
}

async function recordSettled(context: RunContext, planned: PlannedMapping, all: readonly Settled[]): Promise<void> {
  const records = new PartRecords(context.folder.recordsPath, planned.name, 'settled');
  for (const record of settledRecords(context, planned, all)) await records.add(record);
  await records.keep();
  const settled = settledOf(planned, context.selected, all);
  if (settled.length === 0) return;
  const count = countOfSettled(planned.name, settled);
  await context.log.append('settled', { counts: [count] }, [recordsFile(planned.name, 'settled')]);
  context.options.progress.records(planned.name, count);
}

function recordOf(run: string, planned: PlannedMapping, settled: Settled): RowRecord {
  const key = planned.target.key.map((name, i) => `${name}=${settled.key[i]}`).join(', ');
  const common = { run, mapping: planned.name, part: 0, key, rule: 'orphan', column: settled.column };
  if (settled.action === 'null') return { kind: 'adjustment', ...common, from: settled.value, to: null };
  const row = settled.row ?? '';
  const parent = { table: settled.parent, value: settled.value };
  return { kind: 'reject', ...common, stage: 'settle', sqlstate: null, constraint: null, row, parent };
}
