import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { packetOf, packetTypes } from './packets.ts';

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const headBytes = 8;

/**
 * The server's side of TLS over a connection that has said its PRELOGIN: the handshake is in PRELOGIN packets, and what
 * follows it is not ([MS-TDS] 3.2.5.1).
 */
export function encrypted(socket: Socket, { key, cert }: Certificate): TLSSocket {
  const records = new HandshakePackets(socket);
  const secure = new TLSSocket(records, { isServer: true, key, cert, maxVersion: 'TLSv1.2' });
  secure.on('secure', () => records.finish());
  return secure;
}

/** Takes packets off what is received, and puts them around what is sent, until the handshake is finished. */
class HandshakePackets extends Duplex {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #waiting: Buffer[] = [];
  #isFinished = false;

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('close', () => this.destroy());
    socket.on('error', () => this.destroy());
  }

  /** What waits still belongs to the handshake. */
  finish(): void {
    setImmediate(() => {
      this.#flush();
      this.#isFinished = true;
    });
  }

  override _read(): void {}

  /** The records of one flight are one message, which the client answers with one. */
  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    if (this.#isFinished) {
      this.#socket.write(chunk, callback);
      return;
    }
    this.#waiting.push(chunk);
    setImmediate(() => this.#flush());
    callback();
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#socket.destroy();
    callback(error);
  }

  #flush(): void {
    if (this.#waiting.length === 0 || this.#socket.destroyed) return;
    this.#socket.write(packetOf(packetTypes.prelogin, Buffer.concat(this.#waiting), true));
    this.#waiting = [];
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length > 0) {
      if (this.#received[0] !== packetTypes.prelogin) {
        this.push(this.#received);
        this.#received = Buffer.alloc(0);
        return;
      }
      if (this.#received.length < headBytes || this.#received.length < this.#received.readUInt16BE(2)) return;
      const length = this.#received.readUInt16BE(2);
      this.push(this.#received.subarray(headBytes, length));
      this.#received = this.#received.subarray(length);
    }
  }
}
