import { WaybillError } from '../../core/model/errors.ts';

/** The server that is waited for: a session. */
interface Peer {
  readonly address: {
    readonly label: string;
    readonly side?: 'source' | 'target';
    /** 0 or absent to wait forever. */
    readonly idleTimeoutMs?: number | undefined;
  };
  /** Bytes received from it so far. */
  readonly bytesRead: number;
  /** Ends the wait with this error. The outcome of the wait is then ignored. */
  destroy(error: WaybillError): void;
}

/**
 * Waits for a peer, and closes the connection after an idle timeout. A slow answer is not idle as long as bytes arrive, and
 * time that a consumer spent before the wait does not count.
 * @throws WaybillError '…-interrupted' with the reason `idle`.
 */
export async function withIdleTimeout<T>(wait: Promise<T>, peer: Peer, doing: string): Promise<T> {
  const { idleTimeoutMs = 0, side = 'source', label } = peer.address;
  if (idleTimeoutMs === 0) return wait;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    let before = peer.bytesRead;
    timer = setInterval(() => {
      if (peer.bytesRead !== before) {
        before = peer.bytesRead;
        return;
      }
      const error = new WaybillError(
        `${side}-interrupted`,
        `${label} did not respond for ${idleTimeoutMs / 1000} s while waybill tried to ${doing}.`,
        { hint: 'Check that it runs and can be reached, or raise --idle-timeout, then resume.', reason: 'idle' },
      );
      reject(error);
      peer.destroy(error);
    }, idleTimeoutMs);
  });
  wait.catch(() => {}); // after a timeout nothing else handles its rejection
  try {
    return await Promise.race([wait, timeout]);
  } finally {
    clearInterval(timer);
  }
}
