import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/** Types of packets ([MS-TDS] 2.2.3.1.1). */
export const packetTypes = { batch: 1, answer: 4, attention: 6, transaction: 14, login: 16, prelogin: 18 } as const;

const headBytes = 8;
const packetBytes = 4096;
const isLast = 1;

/** Calls back with each whole message. */
export function readMessages(stream: Duplex, onMessage: (type: number, body: Buffer) => void): void {
  let buffered: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= headBytes && buffered.length >= buffered.readUInt16BE(2)) {
      const length = buffered.readUInt16BE(2);
      const [type, status] = buffered as unknown as readonly [number, number];
      parts.push(buffered.subarray(headBytes, length));
      buffered = buffered.subarray(length);
      if ((status & isLast) === 0) continue;
      const body = Buffer.concat(parts);
      parts = [];
      onMessage(type, body);
    }
  });
}

/** One packet. */
export function packetOf(type: number, body: Buffer, last: boolean, number = 1): Buffer {
  const head = Buffer.from([type, last ? isLast : 0, 0, 0, 0, 0, number & 255, 0]);
  head.writeUInt16BE(body.length + headBytes, 2);
  return Buffer.concat([head, body]);
}

/** An answer of any length, in packets. It waits while the client does not read. */
export class AnswerWriter {
  readonly #stream: Duplex;
  #parts: Buffer[] = [];
  #bytes = 0;
  #number = 1;

  constructor(stream: Duplex) {
    this.#stream = stream;
  }

  async put(bytes: Buffer): Promise<void> {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > packetBytes - headBytes) await this.#flush();
  }

  async end(last: Buffer): Promise<void> {
    await this.put(last);
    await this.#send(Buffer.concat(this.#parts), true);
  }

  async #flush(): Promise<void> {
    const all = Buffer.concat(this.#parts);
    const full = packetBytes - headBytes;
    let at = 0;
    for (; all.length - at > full; at += full) await this.#send(all.subarray(at, at + full), false);
    this.#parts = [all.subarray(at)];
    this.#bytes = all.length - at;
  }

  async #send(body: Buffer, last: boolean): Promise<void> {
    if (this.#stream.destroyed) throw new Error('the connection is closed');
    const isFree = this.#stream.write(packetOf(packetTypes.answer, body, last, this.#number++));
    if (isFree) return;
    const over = new AbortController();
    const { signal } = over;
    await Promise.race([once(this.#stream, 'drain', { signal }), once(this.#stream, 'close', { signal })]);
    over.abort();
  }
}
