import type { Connection, Query } from 'mysql2';
import { WaybillError } from '../../../core/model/errors.ts';

/**
 * The lowest stable point of mysql2 (3.24.5): a running query has a method for each packet that it expects next, and calls
 * `row` for every packet between the column descriptions and the end. Replacing `row` yields the rows as bytes and leaves
 * everything else to the driver: handshake, TLS, compression, packets over 16 MB, server errors, the end of the result.
 * It is as fast as reading the socket without the driver (measured, docs/why.md).
 *
 * The driver does not guarantee this. If it behaves differently the query fails, at the latest while a source is being
 * opened, and no row is missed.
 */

/** The used part of mysql2's packet. One object serves all packets, and its buffer can hold other packets as well. */
interface Packet {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
  isEOF(): boolean;
}

/** Handles the next packet of a query. @returns the handler of the packet after it; null when the query is over. */
type Step = (this: Query, packet: Packet, connection: Connection) => Step | null;

/** Receives the bytes of one row from `start` to `end`, `end` excluded. It must read or copy them before it returns. */
export type TakeRow = (bytes: Buffer, start: number, end: number) => void;

/**
 * Makes a query deliver its rows as bytes. The query must have been started in the same tick.
 *
 * @throws WaybillError 'internal' when the driver does not work as expected. `unlike` gets the same error when that shows
 * only later. The connection cannot be used afterwards.
 */
export function takeRows(query: Query, take: TakeRow, unlike: (error: WaybillError) => void): void {
  const running = query as Query & { row: Step };
  const ending = running.row;
  if (typeof ending !== 'function') throw unlikeDriver();
  const row: Step = (packet, connection) => {
    if (packet.isEOF()) return ending.call(query, packet, connection);
    take(packet.buffer, packet.offset, packet.end);
    return row;
  };
  running.row = (packet, connection) => {
    if (!isPacket(packet)) throw unlikeDriver();
    return row.call(query, packet, connection);
  };
  // For a statement without rows the result is an object.
  query.on('result', (result: unknown) => {
    if (Array.isArray(result)) unlike(unlikeDriver());
  });
}

function isPacket({ buffer, offset, end, isEOF }: Packet): boolean {
  const isRange = Number.isInteger(offset) && Number.isInteger(end) && offset <= end && end <= buffer?.length;
  return Buffer.isBuffer(buffer) && isRange && typeof isEOF === 'function';
}

function unlikeDriver(): WaybillError {
  return new WaybillError('internal', 'mysql2 does not deliver rows in the way that waybill expects.', {
    hint: 'Install the version of mysql2 that package.json requires.',
  });
}
