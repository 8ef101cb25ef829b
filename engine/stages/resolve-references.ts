import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { Reference, ResolvedRow } from '../../core/ports/ledger.ts';
import type { Target } from '../../core/ports/target.ts';
import { resolvedOf } from '../../core/validation/tally.ts';
import { failpoint } from '../failpoint.ts';
import { countOfResolved } from '../journal/event-counts.ts';
import { resolvedRecords } from '../journal/resolved-records.ts';
import { RowRecords, recordsFile } from '../journal/row-records.ts';
import { budgetOf } from '../parts/reject-budget.ts';
import { type RunContext, runStage } from '../run-context.ts';
import { classifyResolved, type LoadedFrom } from './classify-resolved.ts';

/**
 * Resolves the references of the loaded tables and records what that changed. References to tables that did not take part are
 * left alone, because their parents were not loaded.
 */
export async function resolveStage(context: RunContext, target: Target, from: LoadedFrom): Promise<void> {
  const references = resolvableReferences(context);
  await runStage(context, 'resolve', async () => {
    context.options.progress.stage('resolve', []);
    const changed = await target.resolveReferences(context.folder.run, references);
    failpoint('resolve-committed');
    const resolved = await classifyResolved(context, target, changed, from);
    for (const planned of context.selected) await recordResolved(context, planned, resolved);
    failpoint('resolve-recorded');
    const budget = budgetOf(context, await target.ledger(context.folder.run));
    budget.spendResolved(new Map(context.selected.map((m) => [m.name, rejectedOf(m, resolved)])));
    return resolved.length;
  });
}

function rejectedOf(planned: PlannedMapping, resolved: readonly ResolvedRow[]): number {
  return resolvedOf(planned, resolved).filter(({ action }) => action === 'reject').length;
}

/** The references that a run resolves. */
export function resolvableReferences({ plan, selected }: Pick<RunContext, 'plan' | 'selected'>): readonly Reference[] {
  const loaded = new Set(selected.map((m) => m.target.name));
  return plan.references.filter((r) => loaded.has(r.table) && loaded.has(r.parent));
}

async function recordResolved(
  context: RunContext,
  planned: PlannedMapping,
  all: readonly ResolvedRow[],
): Promise<void> {
  const records = new RowRecords(context.folder.recordsPath, planned.name, 'resolved');
  for (const record of resolvedRecords(context, planned, all)) await records.add(record);
  await records.keep();
  const resolved = resolvedOf(planned, all);
  if (resolved.length === 0) return;
  const count = countOfResolved(planned.name, resolved);
  await context.log.append('resolved', { counts: [count] }, [recordsFile(planned.name, 'resolved')]);
  context.options.progress.records(planned.name, count);
}
