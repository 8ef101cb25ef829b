import { Buffer } from 'node:buffer';
import fc from 'fast-check';

/** Cells of one type as MySQL writes them. */
export interface Cells {
  /** Cells that a kernel must handle itself. */
  readonly plain: fc.Arbitrary<Buffer>;
  /** Plain cells, extreme ones, and bytes that no server sends. */
  readonly any: fc.Arbitrary<Buffer>;
}

const bytesOf = (text: string): Buffer => Buffer.from(text, 'utf8');
const noise = fc.oneof(
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
  fc.stringMatching(/^[-+ .:0-9eEtfNa]{0,24}$/).map(bytesOf),
);

/** Plain texts and others: extremes, and plain texts with one byte replaced, removed or inserted. */
function cellsOf(plain: fc.Arbitrary<string>, ...extremes: readonly string[]): Cells {
  const good = plain.map(bytesOf);
  return { plain: good, any: anyOf(good, extremes.map(bytesOf)) };
}

function anyOf(plain: fc.Arbitrary<Buffer>, extremes: readonly Buffer[]): fc.Arbitrary<Buffer> {
  return fc.oneof(
    { weight: 4, arbitrary: plain },
    { weight: 3, arbitrary: fc.constantFrom(Buffer.alloc(0), ...extremes) },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.oneof(plain, fc.constantFrom(Buffer.alloc(1), ...extremes)), edit).map(edited),
    },
    { weight: 1, arbitrary: noise },
  );
}

interface Edit {
  readonly at: number;
  readonly removes: number;
  readonly puts: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(40),
  removes: fc.nat(1),
  puts: fc.oneof(
    fc.constantFrom('', '-', '.', ':', ' ', '0', '9', '/', 'e5', '+1', 'A', '\0'),
    fc.string({ maxLength: 1 }),
  ),
});

function edited([cell, { at, removes, puts }]: [Buffer, Edit]): Buffer {
  const place = Math.min(at, cell.length);
  return Buffer.concat([cell.subarray(0, place), bytesOf(puts), cell.subarray(place + removes)]);
}

const oddNumbers = ['-0', '+1', '00', '007', '1e3', 'NaN', 'Infinity', '-Infinity', '-', '.', '1.', '.5', '0x10', ' 1'];
const bigIntegers = [
  '32767',
  '32768',
  '-32769',
  '2147483647',
  '2147483648',
  '9007199254740993',
  '-4294967296',
  '-8589934593',
];
const hugeIntegers = [2n ** 62n - 1n, 2n ** 62n, 2n ** 63n - 1n, 2n ** 63n, -(2n ** 63n), 2n ** 64n - 1n].map(String);

export function integer(min: bigint, max: bigint): Cells {
  const some = fc.oneof(fc.bigInt(min, max), fc.constantFrom(min, max), fc.bigInt(min < -99n ? -99n : min, 99n));
  return cellsOf(some.map(String), ...oddNumbers, ...bigIntegers, ...hugeIntegers, '9'.repeat(25));
}

export const key: Cells = cellsOf(
  fc.oneof(fc.nat(9999).map(String), fc.bigInt(0n, 2n ** 62n - 1n).map(String)),
  ...oddNumbers,
  ...bigIntegers,
  ...hugeIntegers,
);
export const padded: Cells = cellsOf(fc.nat(99_999).map((n) => String(n).padStart(10, '0')));
export const year: Cells = cellsOf(fc.constantFrom('1901', '2155', '0000'));
export const flag: Cells = cellsOf(fc.constantFrom('0', '1'), '2', '-1', '-128', '127', '00', '01', 't');

export function decimal(precision: number, scale: number): Cells {
  const limit = 10n ** BigInt(precision) - 1n;
  const some = fc.oneof(fc.bigInt(-limit, limit), fc.bigInt(-99_999n, 99_999n), fc.constantFrom(limit, -limit, 0n));
  const extremes = [...oddNumbers, '0.00', '-0.00', '9'.repeat(70), `0.${'0'.repeat(40)}1`, '10000.0001', '0.0001'];
  return cellsOf(
    some.map((digits) => fixed(digits, scale)),
    ...extremes,
  );
}

function fixed(digits: bigint, scale: number): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`;
}

/** Amounts that both columns can hold. */
export function clean(source: string, target: string): Cells {
  const scale = source === 'int' || target.endsWith(',0)') ? 0 : 2;
  const hundredths = fc.integer({ min: -9999, max: 9999 }).map((n) => (scale === 0 ? n * 100 : n));
  const write = (n: number) => (source === 'decimal(18,2)' ? (n / 100).toFixed(2) : String(n / 100));
  return cellsOf(
    hundredths.map((n) => write(n === 0 ? 0 : n)),
    ...oddFloats,
    ...hugeIntegers,
    '10.005',
    '10.0000',
    '-0.001',
  );
}

const oddFloats = [
  ...oddNumbers,
  ...['0.1', '1e20', '1e-7', '1e+20', '1.5e300', '1e308', '1e400', '5e-324', '0.30000000000000004', '1e23', '1e22'],
  ...[
    '0.0001',
    '0.00001',
    '123456789012345',
    '1234567890123456',
    '1000000',
    '999999',
    '0.10000000149011612',
    '16777217',
  ],
  ...['9007199254740993', '1.7976931348623157e308', '3.4e38', '1e39', '-1e-320', '1e', 'e5', '1e5.5', '1.0', '10.50'],
];

const digits15 = fc
  .tuple(fc.maxSafeInteger(), fc.nat(4))
  .map(([n, places]) => Number(n.toPrecision(15)) / 10 ** places);
/** Mostly with 16 or 17 digits, and near 1. */
const ratio = fc.tuple(fc.integer(), fc.integer({ min: 1 })).map(([a, b]) => a / b);
export const double: Cells = {
  plain: fc.integer({ min: -9_999_999, max: 9_999_999 }).map((n) => bytesOf(String(n / 100))),
  any: anyOf(
    fc.oneof(fc.double({ noNaN: true }), digits15, ratio, fc.integer()).map((n) => bytesOf(mysqlFloat(n))),
    oddFloats.map(bytesOf),
  ),
};
export const float: Cells = {
  plain: fc.integer({ min: -99_999, max: 99_999 }).map((n) => bytesOf(String(n / 100))),
  any: anyOf(
    fc.float({ noNaN: true }).map((n) => bytesOf(mysqlFloat(n))),
    oddFloats.map(bytesOf),
  ),
};

function mysqlFloat(n: number): string {
  return Object.is(n, -0) ? '-0' : String(n).replace('e+', 'e');
}

const two = (n: number): string => String(n).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([y, m, d]) => `${String(y).padStart(4, '0')}-${two(m)}-${two(d)}`)
  .filter((text) => text !== '1900-01-01' && text !== '9999-12-31');
const oddDays = [
  ...['0000-00-00', '2020-00-15', '2020-15-00', '0009-12-04', '9999-12-31', '1582-10-10', '1900-01-01', '2020-02-29'],
  ...['1900-02-29', '2000-02-29', '2021-02-29', '2021-04-31', '0000-01-01', '0001-01-01', '2021-13-01', '10000-01-01'],
  ...['0044-03-15 BC', 'infinity', '-infinity', '2020/01/01', '1899-12-31', '2262-04-12', '1714-01-01'],
];
const clock = fc.tuple(fc.nat(23), fc.nat(59), fc.nat(59)).map((parts) => parts.map(two).join(':'));
const oddClocks = ['23:59:59', '24:00:00', '838:59:59', '-838:59:59', '-01:00:00', '00:00:60', '12:60:00', '00:00:00'];

function withFraction(text: fc.Arbitrary<string>, scale: number): fc.Arbitrary<string> {
  if (scale === 0) return text;
  const part = fc.oneof(fc.nat(10 ** scale - 1), fc.constantFrom(0, 10 ** (scale - 1), 10 ** scale - 1));
  return fc.tuple(text, part).map(([before, n]) => `${before}.${String(n).padStart(scale, '0')}`);
}

export const date: Cells = cellsOf(day, ...oddDays);

export function time(scale: number): Cells {
  const odd = oddClocks.flatMap((text) => [text, `${text}.5`, `${text}.000000`, `${text}.1234567`, `${text}.`]);
  return cellsOf(withFraction(clock, scale), ...odd);
}

export function timestamp(scale: number): Cells {
  const moment = fc.tuple(day, clock).map((parts) => parts.join(' '));
  const odd = oddDays.flatMap((text) => [text, `${text} 00:00:00`, `${text} 23:59:59.999999`, `${text} 24:00:00`]);
  const { plain, any } = cellsOf(withFraction(moment, scale), ...odd, '2020-01-01T00:00:00', '2020-01-01 00:00:00Z');
  // MySQL writes no zone, and its connector does not expect one.
  return { plain, any: any.filter((cell) => !cell.toString().endsWith('+00')) };
}

const oddTexts = [
  ...[
    '\\.',
    '\\N',
    '\t',
    '\r\n',
    'ends in \\',
    '"quoted"',
    "it's",
    'a\0b',
    '\0',
    '\ufeffBOM',
    '\u2028',
    '👩‍👩‍👧',
    'é',
    'e\u0301',
  ],
  ...['\u0080\u009f', 'Ã©', 'trailing  ', 'NULL', 'null', '\b\f\v\u001f\u007f', '€uro', '\ud7ff\ue000', '\u{10ffff}'],
];
const oddBytes = [
  'eda080',
  'eda0bdedbe89',
  'c080',
  'e9ff',
  'c3',
  'f4908080',
  'e08080',
  'f0808080',
  'efbfbdff',
  'f8a0a0a0a0',
];

export function text(maxLength: number): Cells {
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'abcdefghij klmn0123456789-/.,"\\\n') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.constantFrom('é', 'ß', '€', '🎉', '\t', '\r', '\u0001') },
  );
  const plain = fc.array(unit, { maxLength, size: 'max' }).map((chars) => bytesOf(chars.join('').replaceAll('\0', '')));
  const odd = [...oddTexts, 'x'.repeat(maxLength + 1), 'é'.repeat(maxLength), '€'.repeat(maxLength + 1)].map(bytesOf);
  return { plain, any: anyOf(plain, [...odd, ...oddBytes.map((hex) => Buffer.from(hex, 'hex'))]) };
}

export const label: Cells = cellsOf(
  fc.constantFrom('Rental', 'Sale', 'with, comma', "quo'te", 'back\\slash', 'ünïcode'),
  ...['', 'rental', 'Rental ', 'Rent', 'unknown'],
);
export const members: Cells = cellsOf(
  fc.subarray(['a', 'b', 'ICD9.Required', 'ü']).map((some) => some.join(',')),
  ...['', ',', 'a,', 'unknown', 'a,unknown', 'b,a', 'a,a'],
);
export const json: Cells = cellsOf(
  fc.jsonValue().map((value) => JSON.stringify(value)),
  'null',
  '{ "a" : 1.0 }',
  '"\\u0000"',
);
export const uuid: Cells = cellsOf(
  fc.uuid(),
  ...[
    'F47AC10B-58CC-4372-A567-0E02B2C3D479',
    'f47ac10b58cc4372a5670e02b2c3d479',
    'f47ac10b-58cc-4372-a567-0e02b2c3d47g',
  ],
);

const blob = fc.uint8Array({ maxLength: 100 }).map((each) => Buffer.from(each));
export const bytes: Cells = { plain: blob, any: blob };

export function bits(width: number): Cells {
  const some = fc.bigInt(0n, 2n ** BigInt(width) - 1n).map((n) => {
    const hex = n.toString(16).padStart(Math.ceil(width / 8) * 2, '0');
    return Buffer.from(hex, 'hex');
  });
  return { plain: some, any: some };
}

/** Cells of a type that several rules read. */
export function ofType(source: string): Cells {
  const known: Readonly<Record<string, Cells>> = {
    'varchar(50)': text(50),
    longtext: text(400),
    int: integer(-(2n ** 31n), 2n ** 31n - 1n),
    'decimal(18,2)': decimal(18, 2),
    double,
    date,
    'datetime(6)': timestamp(6),
    timestamp: timestamp(0),
    uuid,
    json,
  };
  return known[source] ?? label;
}
