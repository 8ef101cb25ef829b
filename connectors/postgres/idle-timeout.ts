import { WaybillError } from '../../core/model/errors.ts';
import type { PostgresAddress } from './address.ts';

/** The server that is waited for: a session. */
interface Peer {
  readonly address: PostgresAddress;
  /** Bytes received from it so far. */
  readonly bytesRead: number;
  /** Ends the wait. Its outcome is then ignored. */
  destroy(): void;
}

/**
 * Waits for a peer, and closes the connection after an idle timeout. A slow answer is not idle as long as bytes arrive, and
 * time that a consumer spent before the wait does not count.
 * @throws WaybillError '…-interrupted' with the reason `idle`.
 */
export async function withIdleTimeout<T>(wait: Promise<T>, peer: Peer, doing: string): Promise<T> {
  const { idleTimeoutMs, side, label } = peer.address;
  if (idleTimeoutMs === 0) return wait;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let before = peer.bytesRead;
    timer = setInterval(() => {
      if (peer.bytesRead !== before) {
        before = peer.bytesRead;
        return;
      }
      reject(
        new WaybillError(
          `${side}-interrupted`,
          `${label} did not respond for ${idleTimeoutMs / 1000} s while waybill tried to ${doing}.`,
          { hint: 'Check that it runs and can be reached, or raise --idle-timeout, then resume.', reason: 'idle' },
        ),
      );
      peer.destroy();
    }, idleTimeoutMs);
  });
  wait.catch(() => {}); // after a timeout nothing else handles its rejection
  try {
    return await Promise.race([wait, timeout]);
  } finally {
    clearInterval(timer);
  }
}
