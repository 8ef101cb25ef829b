import { WaybillError } from '../../core/model/errors.ts';
import type { EngineOptions } from '../../engine/options.ts';
import type { Progress } from '../../engine/progress.ts';
import { type Arguments, wholeNumber } from '../arguments.ts';
import type { MetricsServer } from '../metrics/metrics-server.ts';
import { type Given, withSignals } from '../signals.ts';
import { printedProgress } from './progress.ts';

/** The options by which a command is watched. */
export const watchOptions = ['metrics-port', 'metrics-host', 'quiet'] as const;

type WatchArguments = Pick<Arguments<(typeof watchOptions)[number]>, (typeof watchOptions)[number]>;

/**
 * Does work that can be stopped, in front of those who watch it: people on stderr unless `--quiet`, Prometheus with
 * `--metrics-port`. However the work ends, nothing of that is left.
 * @throws WaybillError 'usage' before anything is begun when the metrics cannot be served.
 */
export async function withProgress<T>(
  args: WatchArguments,
  given: Given,
  work: (hooks: Required<Pick<EngineOptions, 'onRun' | 'shouldStop' | 'progress'>>) => Promise<T>,
): Promise<T> {
  const metrics = await metricsFor(args);
  const printed = args.quiet ? null : printedProgress(process.stderr, () => performance.now());
  const progress = tellAll([printed, metrics?.progress ?? null].filter((each) => each !== null));
  try {
    if (metrics !== null) progress.note(`metrics  ${metrics.url}`);
    const stops = { note: progress.note, close: () => printed?.close() };
    return await withSignals(given, stops, (hooks) => work({ ...hooks, progress }));
  } finally {
    await metrics?.close();
  }
}

async function metricsFor(args: WatchArguments): Promise<(MetricsServer & { readonly progress: Progress }) | null> {
  const { 'metrics-host': host, 'metrics-port': given } = args;
  if (given === undefined) {
    if (host === undefined) return null;
    throw new WaybillError('usage', '--metrics-host needs a port.', { hint: 'Add --metrics-port.' });
  }
  const port = wholeNumber('metrics-port', given, 0);
  const [{ runMetrics }, { serveMetrics }] = await Promise.all([
    import('../metrics/run-metrics.ts'),
    import('../metrics/metrics-server.ts'),
  ]);
  const { registry, progress } = runMetrics();
  return { ...(await serveMetrics(registry, host ?? '127.0.0.1', port)), progress };
}

function tellAll(watchers: readonly Progress[]): Progress {
  const all =
    <Name extends keyof Progress>(name: Name) =>
    (...told: Parameters<Progress[Name]>): void => {
      for (const watcher of watchers) (watcher[name] as (...told: Parameters<Progress[Name]>) => void)(...told);
    };
  return {
    stage: all('stage'),
    begin: all('begin'),
    rows: all('rows'),
    records: all('records'),
    end: all('end'),
    check: all('check'),
    note: all('note'),
  };
}
