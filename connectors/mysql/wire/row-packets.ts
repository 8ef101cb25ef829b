import type { Connection, Query } from 'mysql2';
import { WaybillError } from '../../../core/model/errors.ts';

/**
 * The lowest stable point of mysql2 (3.24.5): a running query has a method for each thing that it expects next, and goes to
 * `row` for every packet after the description of the columns until the end. A `row` of the query's own takes the rows as
 * bytes, and leaves everything else to the driver: handshake, TLS, compression, packets of over 16 MB, the server's errors,
 * the end of the result. Measured, it costs what taking the socket away from the driver would (docs/why.md).
 *
 * The driver does not promise this. Where it does otherwise the query fails, the first ones while a source is being opened,
 * and no row goes by unseen.
 */

/** The part of mysql2's packet that is used; one object for all packets, and the bytes may be those of others too. */
interface Packet {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
  isEOF(): boolean;
}

/** What a query does with the packet that comes next. @returns what it does with the one after it; null when it is over. */
type Step = (this: Query, packet: Packet, connection: Connection) => Step | null;

/** Gets the bytes of one row, from `start` up to, not including, `end`, to read or copy before it returns. */
export type TakeRow = (bytes: Buffer, start: number, end: number) => void;

/**
 * Has a query hand over its rows as bytes; it must have been started in the same turn.
 *
 * @throws WaybillError 'internal' when the driver is not the one that this is made for; `unlike` gets the same error when
 * that shows only later. The connection cannot be used after it.
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
  // Of a statement without rows it is an object.
  query.on('result', (result: unknown) => {
    if (Array.isArray(result)) unlike(unlikeDriver());
  });
}

function isPacket({ buffer, offset, end, isEOF }: Packet): boolean {
  const isRange = Number.isInteger(offset) && Number.isInteger(end) && offset <= end && end <= buffer?.length;
  return Buffer.isBuffer(buffer) && isRange && typeof isEOF === 'function';
}

function unlikeDriver(): WaybillError {
  return new WaybillError('internal', 'mysql2 does not hand over rows in the way that waybill takes them.', {
    hint: 'Install the version of mysql2 that waybill asks for.',
  });
}
