import { Counter, Gauge, Registry } from 'prom-client';
import type { Progress } from '../../engine/progress.ts';

/** The metrics of one run in their own registry. `docs/how-to/monitoring.md` lists them. */
export interface RunMetrics {
  readonly progress: Progress;
  readonly registry: Registry;
}

/** Creates the metrics of one command. A resumed run counts from 0 again. */
export function runMetrics(): RunMetrics {
  const registry = new Registry();
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> =>
    new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  const perTable = ['stage', 'table'] as const;
  const rows = counter('waybill_rows_total', 'Source rows processed.', perTable);
  const bytes = counter('waybill_bytes_total', 'Bytes of encoded rows.', perTable);
  const rejected = counter('waybill_rejected_rows_total', 'Rows rejected.', perTable);
  const adjusted = counter('waybill_adjusted_values_total', 'Values adjusted by a policy.', perTable);
  const expectedRows = gauge(
    'waybill_rows_expected',
    'Rows to process: estimated, then actual once the table is done.',
    perTable,
  );
  const checks = counter('waybill_checks_total', 'Subjects checked by validators.', ['verdict']);
  const stages = gauge('waybill_stage', '1 for the current stage.', ['stage']);
  addProcess(registry);

  let stage = '';
  let seenRows = new Map<string, number>();
  const progress: Progress = {
    stage(name, expected) {
      stage = name;
      stages.reset();
      stages.set({ stage }, 1);
      seenRows = new Map(expected.map(({ table }) => [table, 0]));
      for (const { table, rows: estimate } of expected) {
        // Prometheus sees the first increase of a counter only if it starts at 0.
        for (const each of [rows, bytes, rejected, adjusted]) each.inc({ stage, table }, 0);
        if (estimate !== null) expectedRows.set({ stage, table }, estimate);
      }
    },
    begin: () => undefined,
    rows(table, count, moreBytes) {
      seenRows.set(table, (seenRows.get(table) ?? 0) + count);
      rows.inc({ stage, table }, count);
      bytes.inc({ stage, table }, moreBytes);
    },
    records(table, kept) {
      rejected.inc({ stage, table }, kept.rejected);
      adjusted.inc({ stage, table }, kept.adjusted);
    },
    end(table) {
      const actual = seenRows.get(table);
      if (actual !== undefined) expectedRows.set({ stage, table }, actual);
    },
    check: (_, verdict) => checks.inc({ verdict }),
    note: () => undefined,
  };
  return { progress, registry };
}

/** Adds two process metrics that cost nothing between scrapes. The defaults of prom-client keep timers. */
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
