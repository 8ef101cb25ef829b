import type { Failpoint } from '../../../engine/failpoint.ts';

/** A point at which to kill a run. The process ends the nth time that it reaches it. */
export interface KillPoint {
  readonly at: Failpoint;
  readonly nth: number;
}

const point = (at: Failpoint, nth = 1): KillPoint => ({ at, nth });

/** A single run is killed at each of these in turn. Each resume gets as far as the next one. */
export const directKills: readonly KillPoint[] = [
  point('run-begun'),
  point('version-committed'),
  point('target-prepared'),
  point('parts-cut'),
  point('file-flushed', 3),
  point('file-named', 4),
  point('parts-kept', 5),
  point('part-opened', 3),
  point('part-batch', 4),
  point('part-rows-written', 5),
  point('record-added'),
  point('part-loaded', 6),
  point('records-flushed'),
  point('records-kept', 3),
  point('part-committed', 20),
  point('load-done'),
  point('resolve-committed'),
  point('resolve-recorded'),
  ...Array.from({ length: 3 }, () => point('version-committed')),
  point('constraints-built'),
  point('target-finished'),
  point('validation-begun'),
  point('validation-check', 40),
  point('validated'),
  point('report-due'),
  point('report-written'),
];

/** The same for a staged run in one pass. */
export const stagedKills: readonly KillPoint[] = [
  point('export-batch', 3),
  point('transform-batch', 4),
  point('part-batch', 5),
  point('export-rows-written', 6),
  point('transform-rows-written', 7),
  point('part-rows-written', 8),
  point('export-part-named', 10),
  point('transform-part-named', 11),
  point('transform-records-kept', 12),
  point('part-staged', 13),
  point('part-committed', 14),
  point('export-parts-done'),
  point('export-done'),
  point('transform-parts-done'),
  point('transform-outcomes-kept'),
  point('transform-done'),
];

/** Kill points of the single stages. The import runs the same code as a direct load. */
export const stageKills: Readonly<Record<'export' | 'transform' | 'import', readonly KillPoint[]>> = {
  export: [
    point('export-batch', 3),
    point('export-rows-written', 4),
    point('export-part-named', 5),
    point('export-parts-done'),
    point('export-done'),
  ],
  transform: [
    point('transform-batch', 6),
    point('transform-rows-written', 7),
    point('transform-part-named', 8),
    point('transform-records-kept', 30),
    point('transform-parts-done'),
    point('transform-outcomes-kept'),
    point('transform-done'),
  ],
  import: [point('records-kept', 10), point('part-committed', 11), point('load-done')],
};

/** A replay of rejects is killed at each of these in turn. */
export const replayKills: readonly KillPoint[] = [
  point('replay-committed'),
  point('file-named', 2),
  point('replay-remembered'),
];

/** The steps of a swap, up to the one after which it is done. */
export const swapKills = [
  'backup-written',
  'backup-named',
  'change-locked',
  'change-moved',
  'change-recorded',
  'change-committed',
] as const satisfies readonly Failpoint[];

/** The steps of its rollback. */
export const backKills = swapKills.filter((at) => at.startsWith('change-'));
