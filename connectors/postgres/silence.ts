import { WaybillError } from '../../core/errors.ts';
import type { Connection } from './connection.ts';

/**
 * Waits for a peer, but not longer than it may be silent (`Patience`). `giveUp` must end what is waited for; its own outcome
 * is then of no interest.
 * @throws WaybillError '…-interrupted' with the reason `silent`.
 */
export async function unlessSilent<T>(
  wait: Promise<T>,
  { silenceMs, side, label }: Connection,
  doing: string,
  giveUp: () => void,
): Promise<T> {
  if (silenceMs === 0) return wait;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new WaybillError(
          `${side}-interrupted`,
          `${label} said nothing for ${silenceMs / 1000} s while waybill tried to ${doing}.`,
          { hint: 'See that it runs and can be reached, or raise --silence-timeout; then resume.', reason: 'silent' },
        ),
      );
      giveUp();
    }, silenceMs);
  });
  wait.catch(() => {}); // after a silence nobody looks at it
  try {
    return await Promise.race([wait, silence]);
  } finally {
    clearTimeout(timer);
  }
}
