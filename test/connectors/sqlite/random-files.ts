import { utimes } from 'node:fs/promises';
import fc from 'fast-check';
import sqlite from 'node-sqlite3-wasm';
import { expect } from 'vitest';
import { SqliteSource } from '../../../connectors/sqlite/source.ts';
import type { ColumnType } from '../../../core/model/schema.ts';
import { type Row, UnreadableRow, type Value } from '../../../core/model/value.ts';
import { createDatabase } from './database.ts';

/** A value as SQLite holds it and prints it. */
interface Held {
  readonly storage: string;
  readonly literal: string;
  readonly hex: string;
}

const integer = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 2n ** 53n + 1n, -(2n ** 63n), 2n ** 63n - 1n, 1_577_836_800n),
);
const real = fc.double({ noNaN: true });
const amount = fc.integer({ min: -999_999, max: 999_999 }).map((cents) => cents / 100);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', 'true', '12', '1e3', '0.10', '\0', 'a\0b', '2020-01-02', '  ', 'é', '😀'),
);
const bytes = fc.uint8Array({ maxLength: 8 });

/** SQL of a value of any storage class. Half of the texts and blobs are bytes, which need not be UTF-8. */
const anyValue = fc.oneof(
  fc.constant('null'),
  integer.map((value) => (value === -(2n ** 63n) ? '(-9223372036854775807 - 1)' : String(value))),
  fc.oneof(real, amount).map(realLiteral),
  text.map((value) => `cast(x'${Buffer.from(value).toString('hex')}' as text)`),
  bytes.map((value) => `x'${Buffer.from(value).toString('hex')}'`),
);

function realLiteral(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-9e999' : '9e999';
  const literal = String(value);
  return /[.e]/.test(literal) ? literal : `${literal}.0`;
}

const declared = fc.constantFrom(
  ...['integer', 'real', 'text', 'blob', 'numeric', '', 'decimal(6,2)', 'decimal text(12,2)', 'boolean', 'varchar(5)'],
  ...['bigint', 'whatever', 'text collate nocase', 'clob collate rtrim'],
);

/** The end of a create table statement, after the columns a, b, c and the number of the row, `n`. */
const ending = fc.constantFrom(
  ')',
  ', primary key (n))',
  ', primary key (a))',
  ', primary key (a, b))',
  ', primary key (b collate nocase, n))',
  ', primary key (a, n)) without rowid',
  ', primary key (n desc)) without rowid',
);

const file = fc.record({
  types: fc.tuple(declared, declared, declared),
  ending,
  rows: fc.array(fc.tuple(anyValue, anyValue, anyValue), { maxLength: 25 }),
  maxRows: fc.integer({ min: 1, max: 30 }),
});

interface MadeFile {
  readonly types: readonly string[];
  readonly ending: string;
  readonly rows: readonly (readonly string[])[];
}

/** Writes the file; rows that the key does not allow stay out. */
function write(path: string, { types, ending: end, rows }: MadeFile): void {
  const [a, b, c] = types;
  const database = new sqlite.Database(path);
  try {
    database.exec(`pragma synchronous = off; begin; create table t (a ${a}, b ${b}, c ${c}, n integer${end}`);
    rows.forEach((row, i) => {
      try {
        database.exec(`insert or ignore into t values (${row.join(', ')}, ${i})`);
      } catch {
        // A rowid takes no other value than an integer.
      }
    });
    database.exec('commit');
  } finally {
    database.close();
  }
}

/** What SQLite says of each value, by the number of its row. */
function heldIn(path: string): Map<string, Held[]> {
  const database = new sqlite.Database(path);
  try {
    const list = ['a', 'b', 'c'].map(
      (name) => `typeof(${name}) t${name}, quote(${name}) q${name}, hex(${name}) h${name}`,
    );
    const rows = database.all(`select n, ${list.join(', ')} from t`) as Record<string, string>[];
    return new Map(
      rows.map((row) => [
        String(row.n),
        ['a', 'b', 'c'].map((name) => ({
          storage: row[`t${name}`] as string,
          literal: row[`q${name}`] as string,
          hex: row[`h${name}`] as string,
        })),
      ]),
    );
  } finally {
    database.close();
  }
}

/** Whether waybill's value is the one that SQLite holds, by its own literals. */
function isSame(type: ColumnType, { storage, literal, hex }: Held, value: Value, isUnread: boolean): boolean {
  if (storage === 'null') return value === null && !isUnread;
  if (isUnread) return !isOf(type, { storage, literal, hex });
  switch (type.kind) {
    case 'bytes':
      return storage === 'blob' && hexOf(value as Uint8Array) === hex;
    case 'boolean':
      return typeof value === 'boolean' && (storage !== 'integer' || value === (literal === '1'));
    case 'text':
      if (storage === 'text') return isText(value as string, hex);
      return storage !== 'blob' && (storage === 'integer' ? value === literal : Number(value) === Number(literal));
    default:
      // A text that SQLite holds as text has the digits of the number.
      if (storage === 'text') return Number(value) === Number(Buffer.from(hex, 'hex').toString());
      return storage === 'integer' ? BigInt(literal) === wholeOf(value as string) : Number(value) === Number(literal);
  }
}

function hexOf(value: Uint8Array): string {
  return Buffer.from(value).toString('hex').toUpperCase();
}

/** A text that is not UTF-8 has lone surrogates, which no other text has. */
function isText(value: string, hex: string): boolean {
  return /\p{Surrogate}/u.test(value)
    ? Buffer.from(Buffer.from(hex, 'hex').toString()).toString('hex').toUpperCase() !== hex
    : hexOf(Buffer.from(value)) === hex;
}

function wholeOf(value: string): bigint | null {
  if (value.includes('e')) return BigInt(Number(value));
  return /^-?\d+(?:\.0*)?$/.test(value) ? BigInt(value.split('.')[0] as string) : null;
}

/** Whether a value must be read, because its storage class is the one of the kind. */
function isOf({ kind, precision }: ColumnType, { storage, literal }: Held): boolean {
  switch (kind) {
    case 'int64':
      return storage === 'integer';
    case 'float64':
      return storage === 'real' || (storage === 'integer' && BigInt(Number(literal)) === BigInt(literal));
    case 'text':
      return storage !== 'blob';
    case 'bytes':
      return storage === 'blob';
    case 'boolean':
      return storage === 'integer' && (literal === '0' || literal === '1');
    case 'decimal':
      return precision === undefined && (storage === 'integer' || (storage === 'real' && !literal.includes('e+999')));
    default:
      return false;
  }
}

/** Writes random files, and checks that each value is read as SQLite itself prints it, and each row once. */
export async function checkRandomFiles(numRuns: number): Promise<void> {
  const seen = { values: 0, unread: 0, parts: 0 };
  await fc.assert(
    fc.asyncProperty(file, async (made) => {
      const { path, drop } = await createDatabase('shop.db');
      write(path, made);
      await utimes(path, 0, 0);
      const source = await SqliteSource.open(`sqlite:${path}`, { schemas: {} });
      try {
        const held = heldIn(path);
        const [table] = await source.inspector.tables(['shop']);
        if (table === undefined) throw new Error('no table');
        const rows: Row[] = [];
        const parts = await source.parts(table, made.maxRows);
        for (const part of parts) for await (const batch of source.read(table, part)) rows.push(...batch);
        expect(rows.map((row) => row[3]).sort()).toEqual([...held.keys()].sort());
        if (table.key.length > 0) expect(parts).toHaveLength(Math.max(1, Math.ceil(rows.length / made.maxRows)));
        seen.parts += parts.length;
        for (const row of rows) {
          for (let i = 0; i < 3; i++) {
            const isUnread = row instanceof UnreadableRow && row.unread.has(i);
            const one = held.get(row[3] as string)?.[i] as Held;
            const type = table.columns[i]?.type as ColumnType;
            expect([type, one, row[i], isUnread, isSame(type, one, row[i] as Value, isUnread)]).toEqual([
              ...[type, one, row[i], isUnread],
              true,
            ]);
            seen.values += 1;
            if (isUnread) seen.unread += 1;
          }
        }
        const counts = await source.inspector.aggregates(table, ['a', 'b', 'c']);
        expect(counts.map(({ nonNull }) => nonNull)).toEqual(
          [0, 1, 2].map((i) => rows.filter((row) => row[i] !== null).length),
        );
      } finally {
        await source.close();
        await drop();
      }
    }),
    { numRuns },
  );
  expect(seen.unread).toBeGreaterThan(0);
  expect(seen.values).toBeGreaterThan(seen.parts);
}
