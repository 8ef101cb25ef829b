import { expect, onTestFinished, test } from 'vitest';
import { mysql } from '../../../connectors/mysql/connector.ts';
import { parseMysqlType } from '../../../connectors/mysql/types.ts';
import { valueText } from '../../../core/model/row-text.ts';
import type {
  ColumnDefault,
  ColumnStructure,
  IndexPart,
  IndexStructure,
  Structure,
  TableStructure,
} from '../../../core/ports/structure.ts';
import { isMariadb } from '../../support/server-versions.ts';
import { database, databaseOf, rowsOf, source, sql, structureOf } from './database.ts';

const oneUuid = '00000000-0000-0000-0000-000000000001';

/** The longest name that the server takes. */
const longest = 'ü'.repeat(64);
const odd = 'we`ird "na me" ß';

/** What the server prints of an expression. MySQL adds parentheses and the character set of a text. */
function printed(mariadb: string, mysqls: string): string {
  return isMariadb ? mariadb : mysqls;
}

async function tableOf(url: string, name: string): Promise<TableStructure> {
  const { tables } = await structureOf(url);
  return tables.find((table) => table.name === `c01.${name}`) as TableStructure;
}

/** A nullable column without anything else. */
function column(name: string, native: string, more: Partial<ColumnStructure> = {}): ColumnStructure {
  const nothing = { comment: null, default: null, identity: null, generated: null, collation: null };
  return { name, type: parseMysqlType(native), nullable: true, ...nothing, isSetOnUpdate: false, ...more };
}

function part(name: string, more: Partial<IndexPart> = {}): IndexPart {
  return { column: name, expression: null, prefix: null, isDescending: false, ...more };
}

function index(name: string, parts: readonly IndexPart[], more: Partial<IndexStructure> = {}): IndexStructure {
  return { name, kind: 'plain', method: 'btree', parts, includes: [], predicate: null, definition: null, ...more };
}

test('a table is read with comments, collations, counters, generated columns, indexes and checks', async () => {
  const url = await database(
    `create table \`${odd.replaceAll('`', '``')}\` (
      id int not null auto_increment, \`${longest}\` varchar(30) collate utf8mb4_bin not null comment 'it''s',
      body text, latin varchar(9) character set latin1 collate latin1_general_cs, doc json, place geometry not null,
      n int check (n > 0), twice int as (n * 2) virtual, both_ varchar(99) as (concat(body, 'x''y')) stored,
      changed datetime(3) default current_timestamp(3) on update current_timestamp(3), mood enum('a','b'),
      constraint \`c ß\` check (n < 100 and body <> 'a''b'),
      primary key (id, n), unique key uniq (body(10) desc, n), fulltext key ft (body), spatial key sp (place),
      key \`${longest}\` (\`${longest}\`), key ig (n) ${isMariadb ? 'ignored' : 'invisible'}) collate utf8mb4_general_ci comment='table''s'`,
    'create table quick (a int, key using hash (a)) engine=memory',
  );
  const ci = { name: 'utf8mb4_general_ci', ignores: ['trailing-blanks', 'case', 'accents'] as const };
  const filled = { hasDefault: true };
  const joined = printed("concat(`body`,'x\\'y')", "concat(`body`,_utf8mb4'x\\'y')");
  const json = isMariadb ? { collation: { name: 'utf8mb4_bin', ignores: ['trailing-blanks'] as const } } : {};
  expect(await tableOf(url, odd)).toEqual({
    name: `c01.${odd}`,
    comment: "table's",
    columns: [
      column('id', 'int', { nullable: false, ...filled, identity: 'by-default' }),
      column(longest, 'varchar(30)', {
        nullable: false,
        comment: "it's",
        collation: { name: 'utf8mb4_bin', ignores: ['trailing-blanks'] },
      }),
      column('body', 'text', { collation: ci }),
      column('latin', 'varchar(9)', { collation: { name: 'latin1_general_cs', ignores: ['trailing-blanks'] } }),
      column('doc', isMariadb ? 'longtext' : 'json', json),
      column('place', 'geometry', { nullable: false }),
      column('n', 'int', { nullable: false }),
      column('twice', 'int', {
        ...filled,
        generated: { expression: printed('`n` * 2', '(`n` * 2)'), isStored: false },
      }),
      column('both_', 'varchar(99)', {
        ...{ ...filled, generated: { expression: joined, isStored: true } },
        collation: ci,
      }),
      column('changed', 'datetime(3)', { ...filled, default: { kind: 'now' }, isSetOnUpdate: true }),
      column('mood', "enum('a','b')"),
    ],
    key: ['id', 'n'],
    unique: [['body', 'n']],
    estimatedRows: 0,
    indexes: [
      index('PRIMARY', [part('id'), part('n')], { kind: 'primary' }),
      index('ft', [part('body')], { method: 'fulltext' }),
      index('ig', [part('n')]),
      index('sp', [part('place')], { method: 'spatial' }),
      index('uniq', [part('body', { prefix: 10, isDescending: true }), part('n')], { kind: 'unique' }),
      index(longest, [part(longest)]),
    ],
    foreignKeys: [],
    checks: [
      {
        name: 'c ß',
        expression: printed("`n` < 100 and `body` <> 'a\\'b'", "((`n` < 100) and (`body` <> _utf8mb4'a\\'b'))"),
        isValidated: true,
      },
      ...(isMariadb ? [{ name: 'doc', expression: 'json_valid(`doc`)', isValidated: true }] : []),
      { name: printed('n', `${odd}_chk_1`), expression: printed('`n` > 0', '(`n` > 0)'), isValidated: true },
    ],
  });
  expect((await tableOf(url, 'quick')).indexes).toEqual([index('a', [part('a')], { method: 'hash' })]);
});

test('a default is the literal that a row gets, as canonical text, or the current time, or an expression', async () => {
  const literal = (text: string): ColumnDefault => ({ kind: 'literal', text });
  const expression = (text: string): ColumnDefault => ({ kind: 'expression', sql: text });
  const ofMariadb: readonly (readonly [ddl: string, expected: ColumnDefault])[] = [
    ["text default 'abc'", literal('abc')],
    ["blob default x'00ff'", literal('\\x00ff')],
    ["json default '{}'", literal('{}')],
    [`uuid default '${oneUuid}'`, literal(oneUuid)],
    ['date default current_timestamp()', { kind: 'now' }],
  ];
  const cases: readonly (readonly [ddl: string, expected: ColumnDefault | null])[] = [
    ['varchar(20)', null],
    ['varchar(20) default null', null],
    ["varchar(20) not null default ''", literal('')],
    ["varchar(20) default 'NULL'", literal('NULL')],
    [`varchar(20) default 'it''s \\\\ back\\n'`, literal("it's \\ back\n")],
    ["varchar(20) default 'Ünï😀?'", literal('Ünï😀?')],
    ['varchar(20) default (current_timestamp())', expression(printed('current_timestamp()', 'now()'))],
    ["text default (concat('a','b'))", expression(printed("concat('a','b')", "concat(_utf8mb4'a',_utf8mb4'b')"))],
    ["int default '5'", literal('5')],
    ['int default -3', literal('-3')],
    ['int default (1 + 2)', expression('(1 + 2)')],
    ['int(5) zerofill default 7', literal('7')],
    ['bigint default 0x10', literal('16')],
    ['tinyint(1) default true', literal('1')],
    ['decimal(18,2) default 0', literal('0.00')],
    ['float default 0.1', literal('0.1')],
    ['float default 16777216', literal('1.6777216e+07')],
    ['double default 1e300', literal('1e+300')],
    ["bit(5) default b'101'", literal('00101')],
    ["varbinary(8) default x'00ff3f'", literal('\\x00ff3f')],
    ["varbinary(8) default x'ff003f'", literal('\\xff003f')],
    ["binary(4) default 'a'", literal('\\x61000000')],
    ["enum('Y','N?') default 'N?'", literal('N?')],
    ["set('a','b') default 'b,a'", literal('{a,b}')],
    ...(isMariadb ? ofMariadb : []),
    ['char(36) default (uuid())', expression('uuid()')],
    ["date default '2020-01-02'", literal('2020-01-02')],
    ['date default (curdate())', expression('curdate()')],
    ["time default '-10:00:00'", literal('-10:00:00')],
    ["datetime default '0000-00-00 00:00:00'", literal('0000-00-00 00:00:00')],
    ["datetime(3) default '2020-01-01 10:00:00.5'", literal('2020-01-01 10:00:00.5')],
    ['datetime default now()', { kind: 'now' }],
    ['datetime default (utc_timestamp())', expression('utc_timestamp()')],
    ["timestamp default '2020-01-01 00:00:00'", literal('2020-01-01 00:00:00+00')],
    ['timestamp(6) default current_timestamp(6)', { kind: 'now' }],
    ['year default 2020', literal('2020')],
  ];
  const url = await database(`create table t (${cases.map(([ddl], i) => `c${i} ${ddl}`).join(', ')})`);
  const { columns } = await tableOf(url, 't');
  expect(columns.map((each, i) => [cases[i]?.[0], each.default])).toEqual(cases);
  await sql(url, 'insert into t () values ()');
  const [row = []] = await rowsOf(await source(url), 't');
  const given = columns.map((each, i) => (each.default?.kind === 'literal' ? valueText(row[i] ?? null) : null));
  const read = columns.map((each) => (each.default?.kind === 'literal' ? valueText(each.default.text) : null));
  expect(read).toEqual(given);
});

test('a foreign key names its parent by its logical schema, or by its live one if that is not read', async () => {
  const parents = await database('create table `Pa rent` (a int, b int, primary key (a, b))');
  const url = await database(
    'create table own (id int primary key)',
    `create table child (id int primary key, x int, y int, own_id int,
      constraint \`fk 1\` foreign key (x, y) references \`${databaseOf(parents)}\`.\`Pa rent\` (a, b)
        on delete cascade on update set null,
      constraint fk2 foreign key (own_id) references own (id))`,
  );
  const unsaid = isMariadb ? 'restrict' : 'no action';
  const foreignKeys = (parent: string) => [
    {
      ...{ name: 'fk 1', columns: ['x', 'y'], parent: `${parent}.Pa rent`, parentColumns: ['a', 'b'] },
      ...{ onDelete: 'cascade', onUpdate: 'set null', isValidated: true },
    },
    {
      ...{ name: 'fk2', columns: ['own_id'], parent: 'c01.own', parentColumns: ['id'] },
      ...{ onDelete: unsaid, onUpdate: unsaid, isValidated: true },
    },
  ];
  expect((await tableOf(url, 'child')).foreignKeys).toEqual(foreignKeys(databaseOf(parents)));
  const schemas = { c01: databaseOf(url), p: databaseOf(parents) };
  const both = await mysql.openSource(url, { schemas });
  onTestFinished(() => both.close());
  const structure = (await both.inspector.structure(['c01', 'p'])) as Structure;
  expect(structure.tables.map(({ name, foreignKeys }) => [name, foreignKeys])).toEqual([
    ['c01.child', foreignKeys('p')],
    ['c01.own', []],
    ['p.Pa rent', []],
  ]);
});
