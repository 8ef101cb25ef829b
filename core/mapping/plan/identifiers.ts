import type { TableSchema } from '../../model/schema.ts';
import type { Problem } from './problem.ts';

/** PostgreSQL cuts longer names without an error (NAMEDATALEN - 1). */
const MAX_IDENTIFIER_BYTES = 63;

/**
 * Finds names of target tables and columns that PostgreSQL would cut, and those that are then the same. Names are quoted
 * wherever waybill writes them, so `docs` and `Docs` are two names.
 */
export function identifierProblems(tables: readonly TableSchema[]): Problem[] {
  const colliding = collisions(tables.map(({ name }) => name)).map(({ name, first }) => ({
    subject: name,
    message: `Its name collides with ${first}.`,
  }));
  return [...colliding, ...tables.flatMap(tableProblems)];
}

function tableProblems(table: TableSchema): Problem[] {
  const columns = table.columns.map(({ name }) => name);
  const long = [table.name, ...columns].filter((name) => stored(name).length < bytesOf(name).length);
  return [
    ...long.map((name) => ({
      subject: `${table.name}.${name}`,
      message: `The identifier is longer than ${MAX_IDENTIFIER_BYTES} bytes.`,
    })),
    ...collisions(columns).map(({ name, first }) => ({
      subject: `${table.name}.${name}`,
      message: `Its name collides with ${first}.`,
    })),
  ];
}

interface Collision {
  readonly name: string;
  readonly first: string;
}

function collisions(names: readonly string[]): Collision[] {
  const seen = new Map<string, string>();
  return names.flatMap((name) => {
    const place = stored(name).join();
    const first = seen.get(place);
    if (first === undefined) seen.set(place, name);
    return first === undefined ? [] : [{ name, first }];
  });
}

/** The bytes of a name that PostgreSQL keeps: whole characters only. */
function stored(name: string): Uint8Array {
  const bytes = bytesOf(name);
  let end = Math.min(bytes.length, MAX_IDENTIFIER_BYTES);
  while (end < bytes.length && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

function bytesOf(name: string): Uint8Array {
  return new TextEncoder().encode(name);
}
