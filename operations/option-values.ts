import type { Pipeline } from '../core/mapping/pipeline.ts';
import { WaybillError } from '../core/model/errors.ts';
import type { RejectLimit } from '../engine/options.ts';

/**
 * Resolves the pipeline's parameters: those given, else those of the run, else the pipeline's defaults.
 * @throws WaybillError 'usage' on an unknown name or an empty value.
 */
export function parametersOf(
  pipeline: Pipeline,
  given: Readonly<Record<string, string>> = {},
  recorded: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const defaults = Object.fromEntries(Object.entries(pipeline.params).map(([name, p]) => [name, p.default]));
  const params: Record<string, string> = { ...defaults, ...recorded };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(params, name) || value === '') {
      throw new WaybillError('usage', `"${name}" is not a parameter of ${pipeline.name} with a value.`, {
        hint: `Use --param with one of: ${Object.keys(params)
          .map((n) => `${n}=…`)
          .join(', ')}.`,
      });
    }
    params[name] = value;
  }
  return params;
}

/** Checks the number of an option. @throws WaybillError 'usage' unless it is a whole number of at least `min`. */
export function wholeNumber(name: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value;
  throw new WaybillError('usage', `--${name} must be a whole number of ${min} or more.`, {
    hint: `Give --${name} ${min || 0}.`,
  });
}

/**
 * Parses the limits on rejected rows: `100`, `1%`, `c01.tbl_order=10`, `tbl_order=0.5%`.
 * @throws WaybillError 'usage' when a text has another form.
 */
export function rejectLimits(given: number | string | readonly string[]): readonly RejectLimit[] {
  return [given].flat().map((limit) => {
    const match = /^(?:([^=]+)=)?(?:(\d+)|(\d+(?:\.\d+)?)%)$/.exec(String(limit).trim());
    const max = Number(match?.[2] ?? match?.[3]);
    const isPercent = match?.[3] !== undefined;
    if (match !== null && (isPercent ? max <= 100 : Number.isSafeInteger(max))) {
      return { table: match[1] ?? null, max, isPercent };
    }
    throw new WaybillError('usage', '--max-rejects must be a whole number of 0 or more, or a percentage up to 100.', {
      hint: 'Give --max-rejects 100 or 1%, or for one table c01.tbl_order=10 or c01.tbl_order=0.5%.',
    });
  });
}
