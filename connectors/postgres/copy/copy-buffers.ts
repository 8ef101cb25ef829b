import { Buffer } from 'node:buffer';
import type { CopyIn } from './copy-in.ts';

/** Bytes written to the socket at once. Smaller writes cost more system time than the load itself. */
const bufferBytes = 256 * 1024;
/** One buffer is filled while the other is sent. Three or four made no measurable difference. */
const bufferCount = 2;

/** A buffer, and a promise that its last content has been written. */
interface Slot {
  readonly bytes: Buffer;
  sent: Promise<void>;
}

/**
 * Sends bytes to a `copy … from stdin` through a few buffers that are used in turn. A full buffer is larger than what a socket
 * buffers itself, so it is free when its write calls back. A partly filled buffer is sent only at the end.
 */
export class CopyBuffers {
  readonly #copy: CopyIn;
  readonly #slots: Slot[] = [];
  #slot: Slot;
  #turn = 0;
  #filled = 0;

  constructor(copy: CopyIn) {
    this.#copy = copy;
    this.#slot = this.#next();
  }

  /** Copies the bytes, waiting for free buffers if necessary. @throws the driver's error. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; ) {
      if (this.#filled === 0) await this.#slot.sent;
      const part = bytes.subarray(from, from + bufferBytes - this.#filled);
      this.#slot.bytes.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled === bufferBytes) this.#send();
    }
  }

  /** Resolves when the server has stored every row. @throws the driver's error. */
  async end(): Promise<void> {
    const last = this.#slot.bytes.subarray(0, this.#filled);
    await this.allWritten();
    if (last.length > 0) await this.#copy.write(last);
    await this.#copy.end();
  }

  /** Resolves when nothing is being sent. @throws the driver's error. */
  async allWritten(): Promise<void> {
    for (const { sent } of this.#slots) await sent;
  }

  #send(): void {
    const { bytes } = this.#slot;
    const earlier = this.#slots.filter((slot) => slot !== this.#slot).map(({ sent }) => sent);
    const sent = Promise.all(earlier).then(() => this.#copy.write(bytes));
    // The next step handles a rejection. Until then it must not count as unhandled.
    sent.catch(() => {});
    this.#slot.sent = sent;
    this.#slot = this.#next();
    this.#filled = 0;
  }

  #next(): Slot {
    const turn = this.#turn++ % bufferCount;
    this.#slots[turn] ??= { bytes: Buffer.allocUnsafeSlow(bufferBytes), sent: Promise.resolve() };
    return this.#slots[turn];
  }
}
