import { expect, test } from 'vitest';
import { indexStatements } from '../../../connectors/postgres/ddl-statements.ts';

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
  ['built without a lock', 'create index concurrently i on a (b);'],
  ['that may be there', 'create index if not exists i on a (b);'],
  ['without a name', 'create index on a (b);'],
  ['in what is no statement', 'create indexes i on a (b)'],
  ['nowhere', ''],
])('none is found %s', (_, text) => expect(named(text)).toEqual([]));
