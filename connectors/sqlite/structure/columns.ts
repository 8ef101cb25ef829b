import { valueText } from '../../../core/model/row-text.ts';
import type { Column, ColumnType } from '../../../core/model/schema.ts';
import type { ColumnDefault, ColumnStructure } from '../../../core/ports/structure.ts';
import type { LiveColumn } from '../catalog.ts';
import type { RawCell } from '../database.ts';
import { decoderOf } from '../values/cell.ts';

/** A column with all that the file knows of it. */
export function columnStructure(column: Column, live: LiveColumn, isIdentity: boolean): ColumnStructure {
  const { generated, definition } = live;
  return {
    ...column,
    comment: null,
    default: isIdentity || generated !== null ? null : parseDefault(column.type, live),
    identity: isIdentity ? 'by-default' : null,
    generated:
      generated === null ? null : { expression: definition.expression ?? '', isStored: generated === 'stored' },
    collation: column.type.kind === 'text' ? collationOf(definition.collation) : null,
    isSetOnUpdate: false,
  };
}

/** SQLite compares bytes; NOCASE ignores the case of ASCII letters, and RTRIM trailing blanks. */
function collationOf(name: string | null): ColumnStructure['collation'] {
  switch (name?.toUpperCase()) {
    case 'NOCASE':
      return { name: 'NOCASE', ignores: ['case'] };
    case 'RTRIM':
      return { name: 'RTRIM', ignores: ['trailing-blanks'] };
    default:
      return { name: name ?? 'BINARY', ignores: [] };
  }
}

const now: Readonly<Record<string, readonly string[]>> = {
  current_timestamp: ['timestamp', 'timestamptz', 'date'],
  current_date: ['date'],
  current_time: ['time'],
};

/** Reads a default as the value that SQLite would fill in. */
function parseDefault(type: ColumnType, { default: sql, declared }: LiveColumn): ColumnDefault | null {
  if (sql === null || /^null$/i.test(sql)) return null;
  if (now[sql.toLowerCase()]?.includes(type.kind)) return { kind: 'now' };
  const cell = literalOf(sql, affinityOf(declared));
  const value = cell === null ? undefined : decoderOf(type)(cell);
  if (value === undefined || value === null) return { kind: 'expression', sql };
  return { kind: 'literal', text: valueText(value).replace(/^\\\\x/, '\\x') };
}

type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric';

/** What SQLite makes of a declared type (sqlite.org/datatype3.html#determination_of_column_affinity). */
function affinityOf(declared: string): Affinity {
  if (/int/i.test(declared)) return 'integer';
  if (/char|clob|text/i.test(declared)) return 'text';
  if (declared === '' || /blob/i.test(declared)) return 'blob';
  return /real|floa|doub/i.test(declared) ? 'real' : 'numeric';
}

const number = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/** The cell of a constant as the driver would give it; null for an expression. */
function literalOf(sql: string, affinity: Affinity): NonNullable<RawCell> | null {
  const quoted = /^(?:'((?:[^']|'')*)'|"((?:[^"]|"")*)")$/s.exec(sql);
  const text = quoted?.[1]?.replaceAll("''", "'") ?? quoted?.[2]?.replaceAll('""', '"');
  const [, hex] = /^x'((?:[\da-f]{2})*)'$/i.exec(sql) ?? [];
  if (hex !== undefined) return Buffer.from(hex, 'hex');
  if (/^(?:true|false)$/i.test(sql)) return /^t/i.test(sql) ? 1 : 0;
  const written = text ?? (number.test(sql) ? sql : undefined);
  if (written === undefined) return null;
  const isNumber = number.test(written) && affinity !== 'text' && (text === undefined || affinity !== 'blob');
  return isNumber ? numberOf(written) : Buffer.from(written);
}

function numberOf(text: string): number | bigint {
  return /^[+-]?\d+$/.test(text) ? BigInt(text.replace(/^\+/, '')) : Number(text);
}
