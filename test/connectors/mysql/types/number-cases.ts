import type { Kind } from '../../../../core/model/schema.ts';
import type { Value } from '../../../../core/model/value.ts';

/** One column of each type: its native name in waybill, and SQL literals with the values that they must become. */
export interface TypeCase {
  readonly ddl: string;
  readonly native: string;
  readonly kind: Kind;
  readonly values: readonly (readonly [string, Value])[];
}

/** Integers, decimals, floats and bits. */
export const numberCases: readonly TypeCase[] = [
  {
    ddl: 'tinyint',
    native: 'tinyint',
    kind: 'int16',
    values: [
      ['-128', '-128'],
      ['127', '127'],
    ],
  },
  {
    ddl: 'tinyint(1)',
    native: 'tinyint(1)',
    kind: 'int16',
    values: [
      ['2', '2'],
      ['-1', '-1'],
      ['0', '0'],
    ],
  },
  { ddl: 'tinyint unsigned', native: 'tinyint unsigned', kind: 'int16', values: [['255', '255']] },
  {
    ddl: 'smallint',
    native: 'smallint',
    kind: 'int16',
    values: [
      ['-32768', '-32768'],
      ['32767', '32767'],
    ],
  },
  { ddl: 'smallint unsigned', native: 'smallint unsigned', kind: 'int32', values: [['65535', '65535']] },
  { ddl: 'mediumint', native: 'mediumint', kind: 'int32', values: [['-8388608', '-8388608']] },
  { ddl: 'mediumint unsigned', native: 'mediumint unsigned', kind: 'int32', values: [['16777215', '16777215']] },
  {
    ddl: 'int',
    native: 'int',
    kind: 'int32',
    values: [
      ['-2147483648', '-2147483648'],
      ['2147483647', '2147483647'],
    ],
  },
  { ddl: 'int unsigned', native: 'int unsigned', kind: 'int64', values: [['4294967295', '4294967295']] },
  {
    ddl: 'int(8) zerofill',
    native: 'int unsigned zerofill',
    kind: 'int64',
    values: [
      ['42', '42'],
      ['0', '0'],
    ],
  },
  {
    ddl: 'bigint',
    native: 'bigint',
    kind: 'int64',
    values: [
      ['-9223372036854775808', '-9223372036854775808'],
      ['9223372036854775807', '9223372036854775807'],
      ['9007199254740993', '9007199254740993'],
    ],
  },
  {
    ddl: 'bigint unsigned',
    native: 'bigint unsigned',
    kind: 'uint64',
    values: [['18446744073709551615', '18446744073709551615']],
  },
  {
    ddl: 'decimal(18,2)',
    native: 'decimal(18,2)',
    kind: 'decimal',
    values: [
      ['-1.10', '-1.10'],
      ['0', '0.00'],
    ],
  },
  {
    ddl: 'decimal(65,30)',
    native: 'decimal(65,30)',
    kind: 'decimal',
    values: [
      [
        '12345678901234567890123456789012345.123456789012345678901234567891',
        '12345678901234567890123456789012345.123456789012345678901234567891',
      ],
    ],
  },
  {
    ddl: 'double',
    native: 'double',
    kind: 'float64',
    values: [
      ['0.1', '0.1'],
      ['1e308', '1e+308'],
      ['5e-324', '5e-324'],
      ['1e-7', '1e-07'],
      ['123456789012345680', '1.2345678901234568e+17'],
      ['1e20', '1e+20'],
      ['1.7976931348623157e308', '1.7976931348623157e+308'],
      ['2.2250738585072014e-308', '2.2250738585072014e-308'],
      ['0.30000000000000004', '0.30000000000000004'],
      ['-0.0001', '-0.0001'],
      ['1e15', '1e+15'],
      ['100', '100'],
    ],
  },
  {
    ddl: 'double(20,2)',
    native: 'double(20,2)',
    kind: 'float64',
    values: [
      ['1.5', '1.5'],
      ['-1e6', '-1000000'],
    ],
  },
  {
    ddl: 'float',
    native: 'float',
    kind: 'float32',
    values: [
      ['0.1', '0.1'],
      ['16777216', '1.6777216e+07'],
      ['123456.7', '123456.7'],
      ['3.4028234663852886e38', '3.4028235e+38'],
      ['1e-45', '1e-45'],
    ],
  },
  {
    ddl: 'bit(1)',
    native: 'bit(1)',
    kind: 'bits',
    values: [
      ["b'1'", '1'],
      ["b'0'", '0'],
    ],
  },
  { ddl: 'bit(10)', native: 'bit(10)', kind: 'bits', values: [["b'101'", '0000000101']] },
  { ddl: 'bit(64)', native: 'bit(64)', kind: 'bits', values: [["x'ffffffffffffffff'", '1'.repeat(64)]] },
];
