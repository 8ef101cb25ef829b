import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mysql } from '../../connectors/mysql/connector.ts';
import { postgres } from '../../connectors/postgres/connector.ts';
import { sqlserver } from '../../connectors/sqlserver/connector.ts';
import type { Kind } from '../../core/model/schema.ts';
import type { Connector } from '../../core/ports/connector.ts';
import { noFacts } from '../../project/tables.ts';

/** The types that the table of a connector shows, and what is lost of each that the choice of the target type does not say. */
const shown: Readonly<Record<string, { readonly connector: Connector; readonly types: readonly string[] }>> = {
  mysql: {
    connector: mysql,
    types: [
      ...[
        'tinyint',
        'tinyint(1)',
        'tinyint unsigned',
        'smallint',
        'smallint unsigned',
        'mediumint',
        'int',
        'int unsigned',
      ],
      ...[
        'bigint',
        'bigint unsigned',
        'int(8) unsigned zerofill',
        'decimal(18,2)',
        'decimal(65,30)',
        'float',
        'double',
      ],
      ...[
        'bit(1)',
        'bit(8)',
        'date',
        'time',
        'time(6)',
        'datetime',
        'datetime(6)',
        'timestamp',
        'timestamp(3)',
        'year',
      ],
      ...[
        'char(10)',
        'varchar(50)',
        'tinytext',
        'text',
        'mediumtext',
        'longtext',
        "enum('a','b')",
        "set('a','b')",
        'json',
      ],
      ...['binary(16)', 'varbinary(50)', 'tinyblob', 'blob', 'longblob', 'uuid', 'inet6', 'geometry', 'point'],
    ],
  },
  postgres: {
    connector: postgres,
    types: [
      ...['smallint', 'integer', 'bigint', 'numeric(18,2)', 'numeric', 'real', 'double precision', 'boolean', 'money'],
      ...['date', 'time without time zone', 'time with time zone', 'timestamp without time zone'],
      ...['timestamp with time zone', 'interval', 'character(10)', 'character varying(50)', 'text', 'name', 'citext'],
      ...['bytea', 'uuid', 'json', 'jsonb', 'xml', 'bit(8)', 'bit varying(8)', 'inet', 'cidr', 'macaddr', 'text[]'],
      ...['integer[]', 'int4range', 'tstzrange', 'point', 'tsvector', 'oid'],
    ],
  },
  sqlserver: {
    connector: sqlserver,
    types: [
      ...['bit', 'tinyint', 'smallint', 'int', 'bigint', 'decimal(18,2)', 'numeric(38,10)', 'money', 'smallmoney'],
      ...['real', 'float', 'date', 'time(3)', 'time(7)', 'smalldatetime', 'datetime', 'datetime2(3)', 'datetime2(7)'],
      ...['datetimeoffset(7)', 'uniqueidentifier', 'char(10)', 'nchar(10)', 'varchar(50)', 'nvarchar(50)'],
      ...['varchar(max)', 'nvarchar(max)', 'text', 'ntext', 'xml', 'json', 'hierarchyid', 'sql_variant'],
      ...['binary(16)', 'varbinary(50)', 'varbinary(max)', 'image', 'rowversion', 'geometry', 'geography', 'vector(3)'],
    ],
  },
};

const withTime: readonly Kind[] = ['time', 'timestamp', 'timestamptz'];

const zeroDate = ['a zero date becomes NULL, recorded'];

/** What values of MySQL lose that the types do not say. */
const mysqlLoss: Partial<Record<Kind, readonly string[]>> = {
  ...{ date: zeroDate, timestamp: zeroDate, timestamptz: zeroDate },
  json: ['blanks and the order of members; a doubled member, recorded'],
};

const page = new URL('../../docs/connectors.md', import.meta.url);

function rowOf({ name, parseType, targetType }: Connector, native: string): string {
  const type = parseType(native);
  const structure = { default: null, identity: null, generated: null, collation: null, isSetOnUpdate: false };
  const column = { name: 'c', type, nullable: true, comment: null, ...structure };
  const held = targetType?.({ column, facts: noFacts, isKey: false, isPrimary: false, isJson: false }) ?? null;
  const isCut = held?.rule === 'narrow' && withTime.includes(type.kind);
  const cut = isCut ? ['the seventh digit of a second, recorded (`digits-lost`)'] : [];
  const lost = name === 'mysql' ? (mysqlLoss[type.kind] ?? []) : [];
  const why =
    held === null
      ? ['the plan refuses it until you declare a type']
      : [...cut, ...lost, ...(held.why ? [held.why] : [])];
  const target = held === null ? '' : `\`${held.type}\``;
  return `| \`${type.native}\` | ${type.kind} | ${target} | ${why.join('; ')} |`;
}

function tableOf(name: string): string {
  const { connector, types } = shown[name] as (typeof shown)[string];
  const head = ['| source type | kind | target type | what is lost, or what to know |', '| - | - | - | - |'];
  return [...head, ...types.map((native) => rowOf(connector, native))].join('\n');
}

test.each(Object.keys(shown))('the type table of %s is what the connector does', (name) => {
  const text = readFileSync(page, 'utf8');
  const [begin, end] = [`<!-- types of ${name} -->\n`, `\n<!-- end of types -->`];
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf(end, from);
  expect(text).toContain(begin);
  expect(to).toBeGreaterThan(from);
  if (process.env.WAYBILL_UPDATE_DOCS === '1') {
    writeFileSync(page, text.slice(0, from) + tableOf(name) + text.slice(to));
    return;
  }
  expect(text.slice(from, to)).toBe(tableOf(name));
});
