import type { Source } from '../../core/ports/source.ts';
import type { RunContext } from '../run-context.ts';

type Context = Pick<RunContext, 'options' | 'facts'>;

/** Opens the source for as long as the work takes. The surveys of the pipeline are made before the work begins. */
export function withSource<T>(context: Context, work: (source: Source) => Promise<T>): Promise<T> {
  return withSurveyed(context, context.options.openSource(), work);
}

/** The same with a JSON Lines directory. */
export function withDirectory<T>(context: Context, path: string, work: (directory: Source) => Promise<T>): Promise<T> {
  return withSurveyed(context, context.options.openDirectory(path), work);
}

async function withSurveyed<T>(
  { options, facts }: Context,
  opening: Promise<Source>,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await opening;
  try {
    await facts.gather(source, options.pipeline, { params: options.params, readType: options.types.source });
    return await work(source);
  } finally {
    await source.close();
  }
}
