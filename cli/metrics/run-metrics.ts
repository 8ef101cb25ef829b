import { Counter, Gauge, Registry } from 'prom-client';
import type { Progress } from '../../engine/progress.ts';

/** What one run tells, as metrics in a registry of their own (`docs/how-to/monitoring.md` lists them). */
export interface RunMetrics {
  readonly progress: Progress;
  readonly registry: Registry;
}

/** Metrics of a command that begins now: a run that is gone on with counts from 0 again. */
export function runMetrics(): RunMetrics {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  const perTable = ['stage', 'table'] as const;
  const rows = counter('waybill_rows_total', 'Source rows that were got through.', perTable);
  const bytes = counter('waybill_bytes_total', 'Bytes of encoded rows.', perTable);
  const rejected = counter('waybill_rejected_rows_total', 'Rows that were kept as rejects.', perTable);
  const adjusted = counter('waybill_adjusted_values_total', 'Values that a policy adjusted.', perTable);
  const expectedRows = gauge(
    'waybill_rows_expected',
    'Rows to go through: estimated, real once a table is done.',
    perTable,
  );
  const checks = counter('waybill_checks_total', 'Subjects that validators looked at.', ['verdict']);
  const stages = gauge('waybill_stage', 'The stage under way is 1.', ['stage']);
  addProcess(registry);

  let stage = '';
  let toldRows = new Map<string, number>();
  const progress: Progress = {
    stage(name, expected) {
      stage = name;
      stages.reset();
      stages.set({ stage }, 1);
      toldRows = new Map(expected.map(({ table }) => [table, 0]));
      for (const { table, rows: estimate } of expected) {
        // A counter that is there from the beginning shows its first increase.
        for (const each of [rows, bytes, rejected, adjusted]) each.inc({ stage, table }, 0);
        if (estimate !== null) expectedRows.set({ stage, table }, estimate);
      }
    },
    begin: () => undefined,
    rows(table, count, moreBytes) {
      toldRows.set(table, (toldRows.get(table) ?? 0) + count);
      rows.inc({ stage, table }, count);
      bytes.inc({ stage, table }, moreBytes);
    },
    records(table, kept) {
      rejected.inc({ stage, table }, kept.rejected);
      adjusted.inc({ stage, table }, kept.adjusted);
    },
    end(table) {
      const real = toldRows.get(table);
      if (real !== undefined) expectedRows.set({ stage, table }, real);
    },
    check: (_, verdict) => checks.inc({ verdict }),
    note: () => undefined,
  };
  return { progress, registry };
}

/** The two metrics of the process that cost nothing between two looks at them; the defaults of prom-client keep timers. */
function addProcess(registry: Registry): void {
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory.',
    registers: [registry],
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time.',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}
