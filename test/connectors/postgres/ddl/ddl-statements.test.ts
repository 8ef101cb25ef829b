import { expect, test } from 'vitest';
import { foreignKeyStatements, indexStatements, typeUses } from '../../../../connectors/postgres/ddl/ddl-statements.ts';

const named = (text: string): string[] => indexStatements(text).map(({ name, table }) => `${name} on ${table}`);

test('statements that build an index are found, with their place', () => {
  const text = `-- create index no on a (b);
create index one on a (b);
CREATE UNIQUE INDEX "Two" ON "T a"(lower(b), (c || ';'));

/* create index no on a (b); */ create index three
  on s.a using gin (b) where c <> ';';
alter table a add constraint four unique (b);
create index five on a (b)`;
  expect(named(text)).toEqual(['one on a', '"Two" on "T a"', 'three on s.a', 'five on a']);
  for (const { sql, start, end } of indexStatements(text)) expect(text.slice(start, end)).toBe(sql);
  expect(indexStatements(text)[2]?.sql).toBe("create index three\n  on s.a using gin (b) where c <> ';'");
});

test.each([
  ['in a function', 'create function f() returns void language plpgsql as $$ begin; create index i on a (b); end $$;'],
  ['in a tagged quote', 'do $x$ create index i on a (b); $$; create index j on a (b); $x$;'],
  ['in a string', "comment on table a is 'x; create index i on a (b); it''s';"],
  ['in a string with escapes', "comment on table a is E'it\\'s; create index i on a (b);';"],
  ['in a name', 'comment on column "a; create index i on a (b);".b is null;'],
  ['built concurrently', 'create index concurrently i on a (b);'],
  ['with IF NOT EXISTS', 'create index if not exists i on a (b);'],
  ['without a name', 'create index on a (b);'],
  ['in text that is not a statement', 'create indexes i on a (b)'],
  ['in empty text', ''],
])('no index to prebuild is found %s', (_, text) => expect(named(text)).toEqual([]));

const keysOf = (text: string): string[] =>
  foreignKeyStatements(text).map(({ table, keys }) => `${table}: ${keys.map(({ name }) => name).join(', ')}`);

test('statements that add foreign keys are found, each key with its clause', () => {
  const text = `-- alter table no add constraint no foreign key (a) references b;
alter table a add constraint one foreign key (b) references c;
ALTER TABLE ONLY s."T a"
  ADD CONSTRAINT "Two" FOREIGN KEY (a, b) REFERENCES s.c (d, e) MATCH FULL ON DELETE SET NULL ON UPDATE NO ACTION,
  add constraint three foreign key(a) references "C"(d) not deferrable initially immediate ;`;
  expect(keysOf(text)).toEqual(['a: one', 's."T a": "Two", three']);
  const [first, second] = foreignKeyStatements(text);
  expect(text.slice(first?.start, first?.end)).toBe(first?.sql);
  expect(second?.keys[1]?.sql).toBe(
    'add constraint three foreign key(a) references "C"(d) not deferrable initially immediate',
  );
});

test.each([
  ['that is not validated', 'alter table a add constraint b foreign key (c) references d not valid'],
  ['without a name', 'alter table a add foreign key (c) references d'],
  ['with something else', 'alter table a add constraint b foreign key (c) references d, add column e integer'],
  ['after another action', 'alter table a add column e integer, add constraint b foreign key (c) references d'],
  ['with a trailing comma', 'alter table a add constraint b foreign key (c) references d,'],
  ['with a comment inside', 'alter table a add constraint b /* ; */ foreign key (c) references d'],
  [
    'that sets only some columns to null',
    'alter table a add constraint b foreign key (c) references d on delete set null (c)',
  ],
  ['with IF EXISTS', 'alter table if exists a add constraint b foreign key (c) references d'],
  ['of another kind', 'alter table a add constraint b unique (c)'],
  ['with words after its end', 'alter table a add constraint b foreign key (c) references d on delete cascades'],
])('no foreign key to prebuild is found in a statement %s', (_, text) => expect(keysOf(text)).toEqual([]));

test.each([
  ['create domain address as >citext check (value != $$citext$$)'],
  ['create domain address >citext'],
  ['create table t (citext int, "citext" >CITEXT not null, b >"citext"[]) -- a citext'],
  ["create function f(x >citext) returns >citext language sql as $x$ select 'a citext' $x$"],
  ['alter table t add column citext >citext, drop column citext, alter c type >citext'],
  ['create table t (a public.citext, b public . citext, c citext.kind)'],
  ['create extension citext; create index on t (citext)'],
  ['create index on t using gin (lower(citext) >citext, b >citext)'],
])('a type is used where a mark is: %s', (marked) => {
  const pieces = marked.split('>');
  const at = pieces.slice(1).map((_, i) => pieces.slice(0, i + 1).join('').length);
  expect(typeUses(pieces.join(''), 'citext')).toEqual(at);
});
