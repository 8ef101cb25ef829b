import { WaybillError } from '../../core/model/errors.ts';
import type { Connection } from './connection.ts';

/** Who is waited for: a session. */
interface Peer {
  readonly connection: Connection;
  /** Bytes that came from it so far. */
  readonly bytesRead: number;
  /** Ends what is waited for; its own outcome is then of no interest. */
  destroy(): void;
}

/**
 * Waits for a peer, but not while it is silent (`Patience`). Only what comes counts, so a slow answer is none that stopped;
 * and only the wait, so it does not matter how long a consumer took before.
 * @throws WaybillError '…-interrupted' with the reason `silent`.
 */
export async function withIdleTimeout<T>(wait: Promise<T>, peer: Peer, doing: string): Promise<T> {
  const { silenceMs, side, label } = peer.connection;
  if (silenceMs === 0) return wait;
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    let before = peer.bytesRead;
    timer = setInterval(() => {
      if (peer.bytesRead !== before) {
        before = peer.bytesRead;
        return;
      }
      reject(
        new WaybillError(
          `${side}-interrupted`,
          `${label} said nothing for ${silenceMs / 1000} s while waybill tried to ${doing}.`,
          { hint: 'See that it runs and can be reached, or raise --idle-timeout; then resume.', reason: 'silent' },
        ),
      );
      peer.destroy();
    }, silenceMs);
  });
  wait.catch(() => {}); // after a silence nobody looks at it
  try {
    return await Promise.race([wait, silence]);
  } finally {
    clearInterval(timer);
  }
}
