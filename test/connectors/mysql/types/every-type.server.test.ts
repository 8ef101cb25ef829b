import { expect, test } from 'vitest';
import { parseMysqlType } from '../../../../connectors/mysql/types.ts';
import { pgFloat32Text, pgFloat64Text } from '../../../../core/mapping/convert/float-text.ts';
import type { CellForm } from '../../../../core/model/cells.ts';
import type { Kind } from '../../../../core/model/schema.ts';
import { isMariadb } from '../../../support/server-versions.ts';
import { cellsOf, database, rowsOf, source, tableOf, valuesOf } from '../database.ts';

import { typeCases as cases } from './type-cases.ts';

test.each(cases)('$ddl is read exactly', async ({ ddl, native, kind, values }) => {
  const inserts = values.map(([literal], i) => `insert into t values (${i}, ${literal})`);
  const url = await database(
    `create table t (id int primary key, v ${ddl})`,
    ...inserts,
    `insert into t values (${values.length}, null)`,
  );
  const from = await source(url);
  const [, column] = (await tableOf(from, 't')).columns;
  expect(column?.type).toMatchObject({ native, kind });
  expect(parseMysqlType(native)).toEqual(column?.type);
  const read = (await rowsOf(from, 't')).map(([, value]) => value);
  expect(read).toEqual([...values.map(([, value]) => value), null]);
});

/** Decodes cells by their form alone, as a consumer may that does not use `value`. */
function byForm(form: CellForm, kind: Kind, cell: Buffer, width = 0): unknown {
  if (form === 'comma-list') return cell.length === 0 ? [] : cell.toString().split(',');
  if (form === 'raw')
    return kind === 'bytes'
      ? cell
      : BigInt(`0x${cell.toString('hex')}`)
          .toString(2)
          .padStart(width, '0');
  const text = cell.toString();
  if (kind === 'float32') return pgFloat32Text(Number(text));
  if (kind === 'float64') return pgFloat64Text(Number(text));
  if (kind === 'timestamptz') return `${text.replace(/\.?0+$/, (zeros) => (text.includes('.') ? '' : zeros))}+00`;
  return text.includes('.') && (kind === 'time' || kind === 'timestamp') ? text.replace(/\.?0+$/, '') : text;
}

test.each(cases)(
  "$ddl read as cells gives the same, with and without the source's `value`",
  async ({ ddl, kind, values }) => {
    const rows = values.map(([literal], i) => `(${i}, ${literal})`).join(', ');
    const url = await database(
      `create table t (id int primary key, v ${ddl})`,
      `insert into t values ${rows}, (${values.length}, null)`,
    );
    const from = await source(url);
    const table = await tableOf(from, 't');
    const wanted = [...values.map(([, value]) => value), null];
    expect((await valuesOf(cellsOf(from, table))).map(([, value]) => value)).toEqual(wanted);
    const { forms, batches } = cellsOf(from, table);
    const [, form = 'opaque'] = forms;
    expect(form === 'opaque').toBe(ddl === 'year' || ddl.endsWith('zerofill'));
    const found: unknown[] = [];
    for await (const { rows: count, bytes, bounds } of batches) {
      for (let row = 0; row < count; row++) {
        const [start = 0, end = 0] = bounds.subarray(row * 4 + 2);
        const cell = Buffer.from(bytes.subarray(start, end));
        found.push(start === -1 && end === -1 ? null : byForm(form, kind, cell, table.columns[1]?.type.length));
      }
    }
    if (form !== 'opaque') expect(found).toEqual(wanted);
  },
);

test('one row with every type is read in one piece', async () => {
  const columns = cases.map(({ ddl }, i) => `c${i} ${ddl}`).join(', ');
  const literals = cases.map(({ values }) => values[0]?.[0]).join(', ');
  const url = await database(
    `create table t (id int primary key, ${columns})`,
    `insert into t values (1, ${literals})`,
  );
  const from = await source(url);
  const [row] = await rowsOf(from, 't');
  expect(await valuesOf(cellsOf(from, await tableOf(from, 't')))).toEqual([row]);
  expect(row).toEqual(['1', ...cases.map(({ values }) => values[0]?.[1])]);
});

test.runIf(isMariadb)(
  'invalid UTF-8 that the server accepts is distinguished from U+FFFD, and is not accepted as text',
  async () => {
    const url = await database(
      'create table t (id int primary key, a varchar(20) character set utf8mb4, b varchar(20) character set ucs2)',
      "insert into t values (1, x'61eda08062', x'0061d83cdf89'), (2, x'efbfbd', x'fffd'), (3, 'é🎉', x'd800')",
    );
    expect(await rowsOf(await source(url), 't')).toEqual([
      ['1', 'a\ud800b', 'a🎉'],
      ['2', '\ufffd', '\ufffd'],
      ['3', 'é🎉', '\ud800'],
    ]);
  },
);
