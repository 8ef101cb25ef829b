import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { reportOf, waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase } from '../../support/databases.ts';
import { mariadb, onPostgres, postgres } from '../../support/live-databases.ts';

async function target(): Promise<string> {
  const { url, drop } = await createPgDatabase();
  onTestFinished(drop);
  return url;
}

/** A small library of every kind of thing that MariaDB's users have. */
const library = [
  `create table authors (
    id bigint unsigned auto_increment primary key,
    name varchar(80) not null comment 'as it is on the cover',
    bio text,
    is_living tinyint(1) not null default 1,
    rank_no tinyint(1) default 0,
    country char(2) not null default 'de',
    born date,
    created_at timestamp(6) not null default current_timestamp(6) on update current_timestamp(6),
    unique key name_country (name, country)
  ) comment 'who writes'`,
  `create table books (
    id int auto_increment primary key,
    author_id bigint unsigned,
    editor_id bigint unsigned not null,
    title varchar(200) character set utf8mb4 collate utf8mb4_general_ci not null,
    kind enum('novel','essay','') not null default 'novel',
    flags set('new','used'),
    price decimal(10,2) unsigned not null default 9.99,
    printed datetime not null,
    opens time, lasts time,
    weight double, meta json, cover blob, mask bit(5), is_new bit(1) default b'1',
    isbn binary(16), year_printed year,
    price_with_tax decimal(12,2) generated always as (price * 1.19) stored,
    constraint books_author foreign key (author_id) references authors (id) on delete set null on update cascade,
    constraint books_editor foreign key (editor_id) references authors (id),
    key title (title(20)), fulltext key words (title), key printed (printed desc)
  )`,
  `create table loans (book_id int not null, \`reader name\` varchar(40) not null, day date not null, primary key (book_id, \`reader name\`, day),
    constraint loan_book foreign key (book_id) references books (id) on delete cascade)`,
  'create view novels as select * from books where kind = "novel"',
  'create trigger stamp before insert on books for each row set new.weight = ifnull(new.weight, 1)',
  'create procedure tidy() delete from loans where day < "2000-01-01"',
  `insert into authors (id, name, is_living, rank_no, born, created_at) values (1, 'Ada', 1, 0, '1815-12-10', '2024-01-01 10:00:00.123456'),
    (2, 'Émile', 0, 3, null, '2024-01-02'), (5, 'Zoë', 1, 1, '1900-02-03', '2024-01-03')`,
  'delete from authors where id = 5',
  "set sql_mode = ''",
  `insert into books (author_id, editor_id, title, kind, flags, printed, opens, lasts, weight, meta, cover, mask, isbn, year_printed)
    values (1, 2, 'One', 'novel', 'new,used', '2001-02-03 04:05:06', '08:00:00', '30:00:00', 0.1, '{"b": 1, "a": [1, 2]}', x'00ff', b'10101', x'000102030405060708090a0b0c0d0e0f', 1999),
    (null, 2, 'Two', 'essay', '', '0000-00-00 00:00:00', '23:59:59', '838:59:59', -1e300, null, null, null, null, null)`,
  "insert into loans values (1, 'Nils', '2024-05-06'), (2, 'Nils', '2024-05-07')",
];

describe('waybill copy', () => {
  test('copies a MariaDB database into PostgreSQL, and proves it', async () => {
    const [folder, source, into] = [await workFolder(), await mariadb(...library), await target()];
    const { code, stdout, stderr } = await waybill(folder, ['copy', source, into, '--run', 'c1']);
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(stdout).toMatch(/^PASS/m);
    expect(stdout).toMatch(/view [\w.]+novels/);
    const { verdict, inventory } = await reportOf(folder, 'c1');
    expect(verdict).toBe('pass');
    const behind = (inventory ?? []).filter(({ outcome }) => outcome === 'left behind');
    expect(behind.map(({ kind, name }) => `${kind} ${name.slice(name.indexOf('.') + 1)}`)).toEqual([
      'index books.words',
      'on update authors.created_at',
      'procedure tidy',
      expect.stringMatching(/^trigger .*books\.stamp$/),
      'view novels',
    ]);
    expect(inventory?.filter(({ outcome }) => outcome === 'undeclared')).toEqual([]);
    const schema = `${new URL(source).pathname.slice(1)}_next`;
    const set = `set search_path to "${schema}"`;
    const types = await onPostgres(
      into,
      set,
      `select column_name, data_type, is_nullable, column_default, is_identity from information_schema.columns
       where table_schema = current_schema() and table_name = 'books' order by ordinal_position`,
    );
    expect(types.map((row) => [row.column_name, row.data_type, row.is_nullable])).toEqual([
      ['id', 'integer', 'NO'],
      ['author_id', 'bigint', 'YES'],
      ['editor_id', 'bigint', 'NO'],
      ['title', 'character varying', 'NO'],
      ['kind', 'text', 'NO'],
      ['flags', 'ARRAY', 'YES'],
      ['price', 'numeric', 'NO'],
      ['printed', 'timestamp without time zone', 'YES'],
      ['opens', 'time without time zone', 'YES'],
      ['lasts', 'interval', 'YES'],
      ['weight', 'double precision', 'YES'],
      ['meta', 'jsonb', 'YES'],
      ['cover', 'bytea', 'YES'],
      ['mask', 'bit', 'YES'],
      ['is_new', 'boolean', 'YES'],
      ['isbn', 'bytea', 'YES'],
      ['year_printed', 'smallint', 'YES'],
      ['price_with_tax', 'numeric', 'YES'],
    ]);
    const keys = await onPostgres(
      into,
      set,
      `select conname, pg_get_constraintdef(oid) as text from pg_constraint
       where connamespace = current_schema()::regnamespace and contype = 'f' order by conname`,
    );
    expect(keys).toEqual([
      {
        conname: 'books_author',
        text: 'FOREIGN KEY (author_id) REFERENCES authors(id) ON UPDATE CASCADE ON DELETE SET NULL',
      },
      { conname: 'books_editor', text: expect.stringContaining('FOREIGN KEY (editor_id) REFERENCES authors(id)') },
      { conname: 'loan_book', text: expect.stringMatching(/ON DELETE CASCADE$/) },
    ]);
    const again = await waybill(folder, [
      'validate',
      '.waybill/runs/c1/project',
      '--run',
      'c1',
      '--source',
      `${new URL(source).pathname.slice(1)}=${source}`,
      '--target',
      into,
    ]);
    expect([again.code, again.code === 0 ? '' : again.stderr]).toEqual([0, '']);
    expect((await waybill(folder, ['verify', 'c1'])).code).toBe(0);
    const kept = await waybill(folder, ['init', '--from-run', 'c1', 'kept']);
    expect([kept.code, kept.stdout]).toEqual([0, expect.stringMatching(/project {2}kept\n$/)]);
    const module = join(folder, 'kept/pipeline.ts');
    const surface = join(import.meta.dirname, '../../../dist/public/index.js');
    await writeFile(module, (await readFile(module, 'utf8')).replace("'waybill'", `'${surface}'`));
    expect((await waybill(folder, ['pull', 'kept', '--source', source])).stdout).toBe('no difference\n');
    expect((await waybill(folder, ['init', '--from-run', 'c1', source, 'kept2'])).code).toBe(2);
    expect((await waybill(folder, ['init'])).stderr).toMatch(/The URL of a source database is missing/);
    for (const command of ['cutover', 'rollback']) {
      const done = await waybill(folder, [command, 'c1', '--target', into]);
      expect([command, done.code, done.code === 0 ? '' : done.stderr]).toEqual([command, 0, '']);
    }
    const authors = await onPostgres(
      into,
      set,
      `insert into authors (name) values ('New') returning id::text, is_living, rank_no, country, created_at is not null as stamped`,
    );
    expect(authors).toEqual([{ id: '6', is_living: true, rank_no: 0, country: 'de', stamped: true }]);
    const live = await waybill(folder, ['copy', source, into, '--run', 'c2', '--live', '--target-schema', 'second']);
    expect([live.code, live.code === 0 ? '' : live.stderr]).toEqual([0, '']);
    const rows = await onPostgres(into, `select count(*)::int as n from "${schema.replace(/_next$/, '')}".loans`);
    expect(rows).toEqual([{ n: 2 }]);
  });

  test('copies a PostgreSQL database as it is', async () => {
    const source = await postgres(
      `create type mood as enum ('sad', 'ok'); create domain positive as integer check (value > 0);
       create sequence invoice_no start 7;
       create collation folded (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
       create table mails (address text collate folded primary key, bytes text collate "C");
       create type pair as (a int, b text); create function secret() returns text language sql as 'select ''x'''; create table parents (id int generated by default as identity primary key, name varchar(20) not null default 'x', code text unique, place int unique deferrable, odd pair, made text default secret(), shout text generated always as (upper(code)) stored, born date default current_date);
       create table zoo (
         a bigserial primary key, b smallint, c numeric, d numeric(8,3), e real, f double precision, g boolean default true, h char(3), i varchar(5),
         j text[] default '{}', k bytea, l json, m jsonb default '{}'::jsonb, n uuid, o inet, p cidr, q macaddr, r interval, s date, t time, u timestamp(3), v timestamptz,
         w mood default 'ok', x positive, y bit(3), z tsvector, aa int4range, bb integer[], cc xml, dd money, ee point, ff varbit(8), gg timetz,
         invoice text default 'INV-' || nextval('invoice_no'), doubled numeric generated always as (d * 2) stored,
         parent_id int not null references parents (id) on delete cascade deferrable, check (b > 0), constraint "odd name" check (e is distinct from 1));
       create index zoo_lower on zoo (lower(i)) where g; create index on zoo using gin (m); comment on table zoo is 'it''s all here'; comment on column zoo.b is 'small';
       create view happy as select a from zoo where w = 'ok';
       create function one() returns int language sql as 'select 1';
       create table "Odd ""Name" ("Id" int primary key, "sel ect" text);`,
      `insert into mails values ('Ada@x.de', 'a'), ('bob@x.de', 'B'); insert into parents (name, code) values ('p', 'q'), ('r', null); insert into "Odd ""Name" values (1, 'x');
       insert into zoo (b, c, d, e, f, h, i, k, l, m, n, o, p, q, r, s, t, u, v, x, y, z, aa, bb, cc, dd, ee, ff, gg, parent_id) values
        (1, 1.50, 2.125, 1.5, 1e300, 'a', 'b', '\\x00', '{"b":1, "a":2}', '{"b":1}', gen_random_uuid(), '10.0.0.1', '10.0.0.0/8', '08:00:2b:01:02:03', '1 day 2 hours', '2020-01-01', '10:00', '2020-01-01 10:00:00.123', '2020-01-01 10:00:00+02', 5, '101', 'a b', '[1,3)', '{1,2}', '<a/>', '12.34', '(1,2)', '1', '10:00+02', 1),
        (null, 'NaN', null, null, 'Infinity', null, null, null, null, null, null, null, null, null, null, 'infinity', null, null, '-infinity', null, null, null, null, null, null, null, null, null, null, 2)`,
    );
    const [folder, into] = [await workFolder(), await target()];
    const { code, stdout, stderr } = await waybill(folder, ['copy', source, into, '--run', 'z']);
    expect([code, code === 0 ? '' : stdout + stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^PASS/m);
    const next = await onPostgres(
      into,
      'set search_path to public_next',
      `insert into zoo (parent_id) values (1) returning a::text, invoice, w::text, j::text`,
    );
    expect(next).toEqual([{ a: '3', invoice: 'INV-9', w: 'ok', j: '{}' }]);
    const folded = `select string_agg(bytes, '' order by bytes) from mails where address in ('ADA@X.DE', 'BOB@X.DE')`;
    expect(await onPostgres(into, 'set search_path to public_next', folded)).toEqual([{ string_agg: 'Ba' }]);
  });
});

describe('waybill init and pull', () => {
  test('a project, an edited decision and a column that was added to the source survive each other', async () => {
    const [folder, source, into] = [await workFolder(), await mariadb(...library), await target()];
    const made = await waybill(folder, ['init', source, 'shop']);
    expect([made.code, made.code === 0 ? '' : made.stderr]).toEqual([0, '']);
    expect((await waybill(folder, ['init', source, 'shop'])).code).toBe(2);
    const module = join(folder, 'shop/pipeline.ts');
    const root = join(import.meta.dirname, '../../..');
    const text = (await readFile(module, 'utf8'))
      .replace("'waybill'", `'${join(root, 'dist/public/index.js')}'`)
      .replace('types: {}', "types: { 'books.price': 'numeric(14,2)' }");
    await writeFile(module, text);
    const mysql = await import('mysql2/promise');
    const connection = await mysql.createConnection(source);
    await connection.query("set sql_mode = ''");
    await connection.query('alter table books add column late int');
    await connection.end();
    const pulled = await waybill(folder, ['pull', 'shop', '--source', source]);
    expect([pulled.code, pulled.code === 0 ? '' : pulled.stderr]).toEqual([0, '']);
    expect(pulled.stdout).toMatch(/\+ +"late": "integer"/);
    expect(pulled.stdout).toMatch(/\+ +"price" numeric\(14,2\)/);
    expect(await readFile(module, 'utf8')).toBe(text);
    expect((await waybill(folder, ['pull', 'shop', '--source', source])).stdout).toMatch(/no difference\n$/);
    const place = ['--source', `${new URL(source).pathname.slice(1)}=${source}`];
    expect((await waybill(folder, ['plan', 'shop', ...place])).code).toBe(0);
    const run = await waybill(folder, ['run', 'shop', ...place, '--target', into, '--run', 'r']);
    expect([run.code, run.code === 0 ? '' : run.stdout + run.stderr]).toEqual([0, '']);
    for (const command of ['report shop', 'cutover r', 'rollback r']) {
      const done = await waybill(folder, [
        ...command.split(' '),
        ...(command.startsWith('report') ? ['--run', 'r'] : ['--target', into]),
      ]);
      expect([command, done.code, done.code === 0 ? '' : done.stderr]).toEqual([command, 0, '']);
    }
  });
});
