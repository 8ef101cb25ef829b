import type { Refusal } from '../../../core/ports/ledger.ts';

/** Loads rows `from` up to, not including, `to`: all of them or none. Returns null when they are loaded. */
export type TryLoad = (from: number, to: number) => Promise<Refusal | null>;

/**
 * Loads as many rows as the target takes. A range that is refused is halved until each refused row stands alone.
 * @param count at least 1.
 * @param onRefused gets each refused row, in row order.
 */
export async function isolateRefused(
  count: number,
  tryLoad: TryLoad,
  onRefused: (row: number, refusal: Refusal) => Promise<void>,
): Promise<void> {
  const loadRange = async (from: number, to: number): Promise<void> => {
    const refusal = await tryLoad(from, to);
    if (refusal === null) return;
    if (to - from === 1) return onRefused(from, refusal);
    const middle = (from + to) >> 1;
    await loadRange(from, middle);
    await loadRange(middle, to);
  };
  await loadRange(0, count);
}
