import type { Source } from '../../core/ports/source.ts';
import { gatherWinners } from '../gather-winners.ts';
import type { RunContext } from '../run-context.ts';

type Context = Pick<RunContext, 'options' | 'plan' | 'facts'>;

/** Opens the source, makes the pipeline's surveys, does the work and closes the source. */
export function withSource<T>(context: Context, work: (source: Source) => Promise<T>): Promise<T> {
  return withSurveyed(context, context.options.openSource(), work);
}

/** Does the same with a JSON Lines directory. */
export function withDirectory<T>(context: Context, path: string, work: (directory: Source) => Promise<T>): Promise<T> {
  return withSurveyed(context, context.options.openDirectory(path), work);
}

async function withSurveyed<T>(
  { options, plan, facts }: Context,
  opening: Promise<Source>,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await opening;
  try {
    await facts.gather(source, options.pipeline, { params: options.params, readType: options.types.source });
    await gatherWinners(source, plan, facts);
    return await work(source);
  } finally {
    await source.close();
  }
}
