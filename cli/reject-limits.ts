import { WaybillError } from '../core/model/errors.ts';
import type { RejectLimit } from '../engine/options.ts';

/**
 * `--max-rejects 100`, `1%`, `c01.tbl_order=10`, `tbl_order=0.5%`.
 * @throws WaybillError 'usage' when it is none of these.
 */
export function rejectLimits(given: readonly string[]): readonly RejectLimit[] {
  return given.map((text) => {
    const match = /^(?:([^=]+)=)?(?:(\d+)|(\d+(?:\.\d+)?)%)$/.exec(text.trim());
    const max = Number(match?.[2] ?? match?.[3]);
    const isPercent = match?.[3] !== undefined;
    if (match !== null && (isPercent ? max <= 100 : Number.isSafeInteger(max))) {
      return { table: match[1] ?? null, max, isPercent };
    }
    throw new WaybillError('usage', '--max-rejects is a whole number of 0 or more, or a percentage up to 100.', {
      hint: 'Give --max-rejects 100 or 1%, or for one table c01.tbl_order=10 or c01.tbl_order=0.5%.',
    });
  });
}
