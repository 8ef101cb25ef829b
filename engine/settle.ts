import { settledOf } from '../core/account.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Settled, Target } from '../core/ports.ts';
import type { RowRecord } from '../core/records.ts';
import { failpoint } from './failpoint.ts';
import { PartRecords, recordsFile } from './part-records.ts';
import { RejectBudget } from './reject-budget.ts';
import { type RunContext, timedStage } from './run-context.ts';

/**
 * Makes the references of the loaded tables hold and writes down what that took. References to tables that did not take
 * part are left alone: their parents are not here to be found.
 */
export async function settleStage(context: RunContext, target: Target): Promise<void> {
  const loaded = new Set(context.selected.map((m) => m.target.name));
  const references = context.plan.references.filter((r) => loaded.has(r.table) && loaded.has(r.parent));
  await timedStage(context, 'settle', async () => {
    context.options.progress.stage('settle', []);
    const settled = await target.settle(context.folder.run, references);
    failpoint('settle-committed');
    for (const planned of context.selected) {
      await recordSettled(context, planned, settledOf(planned, context.selected, settled));
    }
    failpoint('settle-recorded');
    const rejected = settled.filter((s) => s.action === 'reject').length;
    const before = (await target.ledger(context.folder.run)).reduce((sum, e) => sum + e.rejected, 0);
    new RejectBudget(context.options.maxRejects, before).check(rejected, 'references without a parent');
    return settled.length;
  });
}

async function recordSettled(context: RunContext, planned: PlannedMapping, settled: readonly Settled[]): Promise<void> {
  const records = new PartRecords(context.folder.recordsPath, planned.name, 'settled');
  for (const one of settled) await records.add(recordOf(context.folder.run, planned, one));
  await records.keep();
  if (settled.length === 0) return;
  const rejected = settled.filter((s) => s.action === 'reject').length;
  const account = { read: 0, loaded: -rejected, rejected, filtered: 0, adjusted: settled.length - rejected };
  const counts = [{ mapping: planned.name, slot: 'settled', ...account, digest: '0'.repeat(16) }];
  await context.log.append('settled', { counts }, [recordsFile(planned.name, 'settled')]);
  context.options.progress.records(planned.name, { rejected, adjusted: settled.length - rejected });
}

function recordOf(run: string, planned: PlannedMapping, settled: Settled): RowRecord {
  const key = planned.target.key.map((name, i) => `${name}=${settled.key[i]}`).join(', ');
  const common = { run, mapping: planned.name, part: 0, key, rule: 'orphan', column: settled.column };
  if (settled.action === 'null') return { kind: 'adjustment', ...common, from: settled.value, to: null };
  const row = settled.row ?? '';
  return { kind: 'reject', ...common, stage: 'settle', sqlstate: null, constraint: null, row };
}
