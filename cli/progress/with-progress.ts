import { WaybillError } from '../../core/model/errors.ts';
import type { EngineOptions } from '../../engine/options.ts';
import type { Progress, StageName } from '../../engine/progress.ts';
import { wholeNumber } from '../../operations/option-values.ts';
import type { OptionValues } from '../command-options.ts';
import type { MetricsServer } from '../metrics/metrics-server.ts';
import type { GivenArguments } from '../next-command.ts';
import { withSignals } from '../signals.ts';
import { printedProgress } from './printed-progress.ts';

/** The values of the options that say how progress is reported. */
export type ProgressArguments = OptionValues<'metrics-port' | 'metrics-host' | 'quiet'>;

/**
 * Runs work that signals can stop and reports its progress: on stderr unless `--quiet`, to Prometheus with
 * `--metrics-port`. Closes the display and the metrics server however the work ends.
 * @throws WaybillError 'usage' before the work starts when the metrics cannot be served.
 */
export async function withProgress<T>(
  args: ProgressArguments,
  given: GivenArguments,
  work: (hooks: Required<Pick<EngineOptions, 'onRun' | 'shouldStop' | 'progress'>>) => Promise<T>,
): Promise<T> {
  const metrics = await metricsFor(args);
  const printed = args.quiet ? null : printedProgress(process.stderr, () => performance.now(), stagesOf(given));
  const progress = broadcast([printed, metrics?.progress ?? null].filter((each) => each !== null));
  try {
    if (metrics !== null) progress.note(`metrics  ${metrics.url}`);
    const display = { note: progress.note, close: () => printed?.close() };
    return await withSignals(given, display, (hooks) => work({ ...hooks, progress }));
  } finally {
    await metrics?.close();
  }
}

/** The stages of a command that goes through all of them. */
function stagesOf({ _: words }: GivenArguments): readonly StageName[] {
  const [command] = [words].flat();
  const isWhole = command === 'run' || command === 'copy' || command === 'demo';
  return isWhole ? ['load', 'resolve', 'constraints', 'analyze', 'validate'] : [];
}

async function metricsFor(args: ProgressArguments): Promise<(MetricsServer & { readonly progress: Progress }) | null> {
  const { 'metrics-host': host, 'metrics-port': wanted } = args;
  if (wanted === undefined) {
    if (host === undefined) return null;
    throw new WaybillError('usage', '--metrics-host needs a port.', { hint: 'Add --metrics-port.' });
  }
  const port = wholeNumber('metrics-port', wanted, 0);
  const [{ runMetrics }, { serveMetrics }] = await Promise.all([
    import('../metrics/run-metrics.ts'),
    import('../metrics/metrics-server.ts'),
  ]);
  const { registry, progress } = runMetrics();
  return { ...(await serveMetrics(registry, host ?? '127.0.0.1', port)), progress };
}

/** Passes each call to all receivers. */
function broadcast(receivers: readonly Progress[]): Progress {
  const all =
    <Name extends keyof Progress>(name: Name) =>
    (...args: Parameters<Progress[Name]>): void => {
      for (const each of receivers) (each[name] as (...args: Parameters<Progress[Name]>) => void)(...args);
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
