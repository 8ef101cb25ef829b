import type { ColumnType, Kind } from '../../core/model/schema.ts';

/** Other spellings that contracts and old DDL use → what `information_schema` prints. */
const spellings: Readonly<Record<string, string>> = {
  bool: 'tinyint',
  boolean: 'tinyint',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  middleint: 'mediumint',
  int4: 'int',
  integer: 'int',
  int8: 'bigint',
  dec: 'decimal',
  numeric: 'decimal',
  fixed: 'decimal',
  real: 'double',
  'double precision': 'double',
  character: 'char',
  'character varying': 'varchar',
  long: 'mediumtext',
};

const integers: Readonly<Record<string, { readonly signed: Kind; readonly unsigned: Kind }>> = {
  tinyint: { signed: 'int16', unsigned: 'int16' },
  smallint: { signed: 'int16', unsigned: 'int32' },
  mediumint: { signed: 'int32', unsigned: 'int32' },
  int: { signed: 'int32', unsigned: 'int64' },
  bigint: { signed: 'int64', unsigned: 'uint64' },
};

const others: Readonly<Record<string, Kind>> = {
  decimal: 'decimal',
  float: 'float32',
  double: 'float64',
  bit: 'bits',
  date: 'date',
  time: 'time',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
  year: 'int16',
  json: 'json',
  uuid: 'uuid',
};

/** Length in characters when the type does not state one. */
const texts: Readonly<Record<string, number | undefined>> = {
  char: 1,
  varchar: undefined,
  tinytext: 255,
  text: 65_535,
  mediumtext: 16_777_215,
  longtext: undefined,
  inet4: 15,
  // Eight groups of four digits.
  inet6: 39,
};

const byteTypes = new Set([
  ...['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'vector'],
  ...['geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring', 'multipolygon'],
  ...['geometrycollection', 'geomcollection'],
]);

/**
 * Parses the types that `information_schema` prints and that contracts and DDL contain. `native` is the same for all of them
 * and for every server version: `INT(11)` → `int`, `TINYINT(1)` → `tinyint(1)`, `ENUM('Y', 'N')` → `enum('Y','N')`.
 */
export function parseMysqlType(native: string): ColumnType {
  const text = withoutComment(native);
  const labelled = /^(enum|set)\s*\((.*)\)$/is.exec(text);
  if (labelled !== null) return labelledType(labelled[1] as string, labelled[2] as string);
  const { base, args, attributes } = splitType(text.toLowerCase());
  const unsigned = /\bunsigned\b|\bzerofill\b/.test(attributes) ? ' unsigned' : '';
  const zerofill = /\bzerofill\b/.test(attributes) ? ' zerofill' : '';
  const integer = integers[base];
  if (integer !== undefined) {
    const width = base === 'tinyint' && args[0] === 1 && unsigned === '' ? '(1)' : '';
    const kind = unsigned === '' ? integer.signed : integer.unsigned;
    return { kind, native: `${base}${width}${unsigned}${zerofill}` };
  }
  if (base in texts) return textType(base, args[0]);
  if (byteTypes.has(base)) return { kind: 'bytes', native: sized(base, args) };
  const kind = others[base];
  if (kind === undefined) return { kind: 'other', native: text.toLowerCase() };
  return numberOrTime({ base, args, kind, attributes: unsigned + zerofill });
}

/** MariaDB marks columns in an old format with a comment after the type. */
function withoutComment(native: string): string {
  return native.replace(/\s*\/\*.*?\*\/\s*$/, '').trim();
}

function labelledType(name: string, list: string): ColumnType {
  const kind = name.toLowerCase() === 'set' ? 'set' : 'enum';
  const labels = parseLabels(list);
  return { kind, native: `${kind}(${writeLabels(labels)})`, labels };
}

interface SplitType {
  readonly base: string;
  readonly args: readonly number[];
  readonly attributes: string;
}

/** `int(11) unsigned` → `int`, [11], `unsigned`. */
function splitType(text: string): SplitType {
  const match = /^([a-z0-9_ ]+?)\s*(?:\(([\d,\s]*)\))?\s*((?:(?:signed|unsigned|zerofill)\s*)*)$/.exec(text);
  if (match === null) return { base: text, args: [], attributes: '' };
  const [, name = '', numbers, attributes = ''] = match;
  const base = spellings[name] ?? name;
  if (name.startsWith('bool')) return { base, args: [1], attributes };
  return { base, args: numbers === undefined || numbers === '' ? [] : numbers.split(',').map(Number), attributes };
}

function sized(base: string, args: readonly number[]): string {
  return args.length === 0 ? base : `${base}(${args.join(',')})`;
}

function textType(base: string, size: number | undefined): ColumnType {
  const isSized = base === 'char' || base === 'varchar';
  const length = (isSized ? size : undefined) ?? texts[base];
  const native = isSized && length !== undefined ? `${base}(${length})` : base;
  return { kind: 'text', native, ...(length === undefined ? {} : { length }) };
}

function numberOrTime({ base, args, kind, attributes }: SplitType & { readonly kind: Kind }): ColumnType {
  const [first, second] = args;
  switch (kind) {
    case 'decimal': {
      const [precision, scale] = [first ?? 10, second ?? 0];
      return { kind, native: `decimal(${precision},${scale})${attributes}`, precision, scale };
    }
    case 'float32':
      // FLOAT(p) with more than 24 bits is a DOUBLE.
      if (second === undefined && (first ?? 0) > 24) return { kind: 'float64', native: `double${attributes}` };
      return { kind, native: `${second === undefined ? base : sized(base, args)}${attributes}` };
    case 'float64':
      return { kind, native: `${sized(base, args)}${attributes}` };
    case 'bits':
      return { kind, native: `bit(${first ?? 1})`, length: first ?? 1, form: 'fixed' };
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return { kind, native: first === undefined || first === 0 ? base : sized(base, args), scale: first ?? 0 };
    default:
      return { kind, native: base };
  }
}

/** Escapes that the server writes in a label (`append_unescaped` in its sources). Any other escape means its character. */
const escapes: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', Z: '\x1a' };

/** The labels of a list as the server or a DDL file writes it: `'a', 'it''s', 'back\\slash'`. */
function parseLabels(list: string): readonly string[] {
  return [...list.matchAll(/'((?:[^'\\]|''|\\.)*)'/gs)].map(([, quoted = '']) =>
    quoted.replace(/''|\\(.)/gs, (_, escaped: string | undefined) =>
      escaped === undefined ? "'" : (escapes[escaped] ?? escaped),
    ),
  );
}

/** The list as `information_schema` writes it: no spaces, quotes and backslashes doubled. */
function writeLabels(labels: readonly string[]): string {
  return labels.map((label) => `'${label.replace(/[\\'\0\n\r]/g, escapeOf)}'`).join(',');
}

function escapeOf(character: string): string {
  switch (character) {
    case '\0':
      return '\\0';
    case '\n':
      return '\\n';
    case '\r':
      return '\\r';
    default:
      return character + character;
  }
}
