import { expect, test } from 'vitest';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import type { ColumnType } from '../../../core/model/schema.ts';

const cases: readonly (readonly [string, ColumnType])[] = [
  ['INT(11)', { kind: 'int32', native: 'int' }],
  ['int', { kind: 'int32', native: 'int' }],
  ['int(10) unsigned', { kind: 'int64', native: 'int unsigned' }],
  ['int(8) unsigned zerofill', { kind: 'int64', native: 'int unsigned zerofill' }],
  ['integer', { kind: 'int32', native: 'int' }],
  ['tinyint(1)', { kind: 'int16', native: 'tinyint(1)' }],
  ['TINYINT(4)', { kind: 'int16', native: 'tinyint' }],
  ['tinyint', { kind: 'int16', native: 'tinyint' }],
  ['tinyint(3) unsigned', { kind: 'int16', native: 'tinyint unsigned' }],
  ['bool', { kind: 'int16', native: 'tinyint(1)' }],
  ['smallint(6)', { kind: 'int16', native: 'smallint' }],
  ['smallint unsigned', { kind: 'int32', native: 'smallint unsigned' }],
  ['mediumint(8) unsigned', { kind: 'int32', native: 'mediumint unsigned' }],
  ['bigint(20)', { kind: 'int64', native: 'bigint' }],
  ['bigint(20) unsigned', { kind: 'uint64', native: 'bigint unsigned' }],
  ['decimal(18,2)', { kind: 'decimal', native: 'decimal(18,2)', precision: 18, scale: 2 }],
  ['DECIMAL(18, 2)', { kind: 'decimal', native: 'decimal(18,2)', precision: 18, scale: 2 }],
  ['numeric(5)', { kind: 'decimal', native: 'decimal(5,0)', precision: 5, scale: 0 }],
  ['decimal', { kind: 'decimal', native: 'decimal(10,0)', precision: 10, scale: 0 }],
  ['decimal(9,3) unsigned', { kind: 'decimal', native: 'decimal(9,3) unsigned', precision: 9, scale: 3 }],
  ['float', { kind: 'float32', native: 'float' }],
  ['float(10,3)', { kind: 'float32', native: 'float(10,3)' }],
  ['float(24)', { kind: 'float32', native: 'float' }],
  ['float(53)', { kind: 'float64', native: 'double' }],
  ['double', { kind: 'float64', native: 'double' }],
  ['double precision', { kind: 'float64', native: 'double' }],
  ['double(20,2) unsigned', { kind: 'float64', native: 'double(20,2) unsigned' }],
  ['bit(1)', { kind: 'bits', native: 'bit(1)', length: 1, form: 'fixed' }],
  ['bit', { kind: 'bits', native: 'bit(1)', length: 1, form: 'fixed' }],
  ['varchar(50)', { kind: 'text', native: 'varchar(50)', length: 50 }],
  ['VARCHAR(50)', { kind: 'text', native: 'varchar(50)', length: 50 }],
  ['char', { kind: 'text', native: 'char(1)', length: 1 }],
  ['tinytext', { kind: 'text', native: 'tinytext', length: 255 }],
  ['text', { kind: 'text', native: 'text', length: 65_535 }],
  ['mediumtext', { kind: 'text', native: 'mediumtext', length: 16_777_215 }],
  ['longtext', { kind: 'text', native: 'longtext' }],
  ['binary(16)', { kind: 'bytes', native: 'binary(16)' }],
  ['mediumblob', { kind: 'bytes', native: 'mediumblob' }],
  ['geometry', { kind: 'bytes', native: 'geometry' }],
  ['date', { kind: 'date', native: 'date' }],
  ['time(3)', { kind: 'time', native: 'time(3)', scale: 3 }],
  ['datetime', { kind: 'timestamp', native: 'datetime', scale: 0 }],
  ['datetime(6)', { kind: 'timestamp', native: 'datetime(6)', scale: 6 }],
  ['datetime /* mariadb-5.3 */', { kind: 'timestamp', native: 'datetime', scale: 0 }],
  ['timestamp', { kind: 'timestamptz', native: 'timestamp', scale: 0 }],
  ['year(4)', { kind: 'int16', native: 'year' }],
  ['json', { kind: 'json', native: 'json' }],
  ['uuid', { kind: 'uuid', native: 'uuid' }],
  ['inet6', { kind: 'text', native: 'inet6', length: 39 }],
  ['SOMETHING_NEW(3)', { kind: 'other', native: 'something_new(3)' }],
  ["ENUM('Y', 'N', 'D')", { kind: 'enum', native: "enum('Y','N','D')", labels: ['Y', 'N', 'D'] }],
  ["enum('')", { kind: 'enum', native: "enum('')", labels: [''] }],
  ["set('MIR.ORDER','b')", { kind: 'set', native: "set('MIR.ORDER','b')", labels: ['MIR.ORDER', 'b'] }],
  [
    "enum('it''s','a,b',')','back\\\\slash','line\\nend','/* no comment */')",
    {
      kind: 'enum',
      native: "enum('it''s','a,b',')','back\\\\slash','line\\nend','/* no comment */')",
      labels: ["it's", 'a,b', ')', 'back\\slash', 'line\nend', '/* no comment */'],
    },
  ],
];

test.each(cases)('%s is read', (native, type) => {
  expect(parseMysqlType(native)).toEqual(type);
});

test.each(cases)('the native name of %s reads as itself', (native) => {
  const type = parseMysqlType(native);
  expect(parseMysqlType(type.native)).toEqual(type);
});
