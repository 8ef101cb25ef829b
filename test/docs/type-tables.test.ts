import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sqlserver } from '../../connectors/sqlserver/connector.ts';
import type { Connector } from '../../core/ports/connector.ts';
import { noFacts } from '../../project/tables.ts';

/** The types that the table of a connector shows, and what is lost of each that the choice of the target type does not say. */
const shown: Readonly<Record<string, { readonly connector: Connector; readonly types: readonly string[] }>> = {
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

const page = new URL('../../docs/connectors.md', import.meta.url);

function rowOf({ parseType, targetType }: Connector, native: string): string {
  const type = parseType(native);
  const structure = { default: null, identity: null, generated: null, collation: null, isSetOnUpdate: false };
  const column = { name: 'c', type, nullable: true, comment: null, ...structure };
  const held = targetType?.({ column, facts: noFacts, isKey: false, isJson: false }) ?? null;
  const cut = held?.rule === 'narrow' ? ['the seventh digit of a second, recorded (`digits-lost`)'] : [];
  const why =
    held === null ? ['the plan refuses it until you declare a type'] : [...cut, ...(held.why ? [held.why] : [])];
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
