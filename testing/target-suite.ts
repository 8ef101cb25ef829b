import { rowText } from '../core/model/row-text.ts';
import { kinds } from '../core/model/schema.ts';
import type { Row } from '../core/model/value.ts';
import type { LedgerEntry } from '../core/ports/ledger.ts';
import type { Target } from '../core/ports/target.ts';
import { type Conforming, canary, type TestFramework } from './harness.ts';
import { columnsOf, encode, encodedRowsOf, hexRows, openPart } from './row-writer.ts';
import { everyKindColumns, everyKindRows } from './target-tables.ts';

const mapping = 'c01.t > t';
const schema = 'next';

function entryOf(part: number, rows: readonly Row[]): LedgerEntry {
  const counts = { read: rows.length + 3, loaded: rows.length, rejected: 2, filtered: 1, adjusted: 5 };
  const range = { number: part, after: ["it's", '\\', '{'], upTo: null };
  return { run: 'r1', mapping, part: range, ...counts, digest: 'ffffffffffffffff' };
}

/** The tests of a connector as a target. @throws if its harness has none: nothing would prove that it conforms. */
export function testTarget(framework: TestFramework, { name, connector, harness }: Conforming): void {
  const { target: place } = harness;
  if (place === undefined) throw new Error(`connector ${name} has a target, but its harness has none`);
  framework.describe(`${name} as a target`, () => {
    const { test, expect, beforeEach, onTestFinished } = framework;
    let url = '';
    beforeEach(async () => {
      const made = await place.create();
      url = made.url;
      const fresh = await connector.openTarget?.(url, { schema, settings: {} });
      await fresh?.migrate(made.migrations, 1);
      await fresh?.close();
      return made.drop;
    });

    /** Opens a target for the test's own database. It is closed after the test. */
    async function target(): Promise<Target> {
      const opened = await connector.openTarget?.(url, { schema, settings: {} });
      if (opened === undefined) throw new Error('no target');
      onTestFinished(() => opened.close());
      return opened;
    }

    async function linesOf(from: Target, table: string, columns: readonly string[]): Promise<string[]> {
      const lines: string[] = [];
      for await (const batch of from.inspector.lines(table, columns)) lines.push(...batch);
      return lines.sort();
    }

    const guarded = ['id', 'amount', 'label'];

    test('every kind is written and read back as it was', async () => {
      const into = await target();
      const writer = await openPart(into, 'every_kind', everyKindColumns);
      expect(await writer.write(everyKindRows)).toBe(null);
      expect(await writer.finish()).toBe(null);
      await writer.commit(entryOf(1, everyKindRows));
      expect(await linesOf(into, 'every_kind', everyKindColumns)).toEqual(everyKindRows.map(rowText));
      const source = await connector.openSource(url, { schemas: { c01: schema } });
      onTestFinished(() => source.close());
      const table = (await source.inspector.tables(['c01'])).find(({ name }) => name === 'c01.every_kind');
      if (table === undefined) throw new Error('no table');
      const read: Row[] = [];
      for await (const batch of source.read(table, { number: 1, after: null, upTo: null })) read.push(...batch);
      expect(read.map(rowText)).toEqual(everyKindRows.map(rowText));
      expect(everyKindColumns).toHaveLength(1 + kinds.length);
    });

    test('the rows of a table come back as the same bytes that were written', async () => {
      const into = await target();
      const format = await into.rowFormat('every_kind', columnsOf(everyKindColumns));
      const writer = await into.openPart('every_kind', everyKindColumns, format);
      const sent = encode(format, everyKindRows);
      if ('sqlstate' in sent) throw new Error(sent.sqlstate);
      await writer.write(sent);
      await writer.finish();
      await writer.commit(entryOf(1, everyKindRows));
      expect(await encodedRowsOf(into, 'every_kind', everyKindColumns)).toEqual(hexRows(sent).sort());
      expect(await encodedRowsOf(into, 'bag', ['word'])).toEqual([]);
    });

    test('rows that are checked in batches are also stored, with columns in any order', async () => {
      const into = await target();
      const columns = everyKindColumns.toReversed();
      const rows = everyKindRows.map((row) => row.toReversed());
      const writer = await openPart(into, 'every_kind', columns);
      for (const row of rows) expect(await writer.writeIsolating([row])).toEqual([]);
      await writer.commit(entryOf(1, rows));
      expect(await linesOf(into, 'every_kind', everyKindColumns)).toEqual(everyKindRows.map(rowText));
    });

    test('other sessions see rows and ledger row together, and not before the commit', async () => {
      const into = await target();
      const other = await target();
      const rows = [['1', '5', null]];
      const writer = await openPart(into, 'guarded', guarded);
      await writer.write(rows);
      await writer.finish();
      expect([await other.inspector.count('guarded'), await other.ledger('r1')]).toEqual([0, []]);
      await writer.commit(entryOf(1, rows));
      expect([await other.inspector.count('guarded'), await other.ledger('r1')]).toEqual([1, [entryOf(1, rows)]]);
      expect(await other.ledger('r2')).toEqual([]);
    });

    test('a rollback leaves neither rows nor ledger row, and the target stays usable', async () => {
      const into = await target();
      const writer = await openPart(into, 'guarded', guarded);
      await writer.write([['1', '5', null]]);
      await writer.rollback();
      const tried = await openPart(into, 'guarded', guarded);
      await tried.writeIsolating([['1', '5', null]]);
      await tried.rollback();
      expect([await into.inspector.count('guarded'), await into.ledger('r1')]).toEqual([0, []]);
    });

    test('a part that was opened but never committed leaves nothing', async () => {
      const into = await target();
      const writer = await openPart(into, 'guarded', guarded);
      await writer.write([['1', '5', null]]);
      expect(await writer.finish()).toBe(null);
      await into.close();
      const after = await target();
      expect([await after.inspector.count('guarded'), await after.ledger('r1')]).toEqual([0, []]);
    });

    test('an empty part has a ledger row like any other', async () => {
      const into = await target();
      const writer = await openPart(into, 'guarded', guarded);
      expect(await writer.finish()).toBe(null);
      await writer.commit(entryOf(1, []));
      expect(await into.ledger('r1')).toEqual([entryOf(1, [])]);
    });

    test('a part that is already loaded is not loaded twice, even into a table without a key', async () => {
      const into = await target();
      for (const code of ['committed', 'run-locked']) {
        const writer = await openPart(into, 'bag', ['word']);
        await writer.write([['a'], ['a']]);
        await writer.finish();
        const outcome = await writer.commit(entryOf(1, [['a'], ['a']])).then(
          () => 'committed',
          (error: { code: string }) => error.code,
        );
        expect(outcome).toBe(code);
      }
      expect(await into.inspector.count('bag')).toBe(2);
      expect(await into.ledger('r1')).toHaveLength(1);
    });

    const refusals = [
      {
        what: 'a value that a check forbids',
        row: ['9', '-1', null],
        sqlstate: '23514',
        constraint: 'guarded_amount_check',
        column: null,
      },
      {
        what: 'a key that is there',
        row: ['1', '1', null],
        sqlstate: '23505',
        constraint: 'guarded_pkey',
        column: null,
      },
      {
        what: 'a null where none may be',
        row: ['9', null, null],
        sqlstate: '23502',
        constraint: null,
        column: 'amount',
      },
      { what: 'a text that is too long', row: ['9', '1', 'abcdef'], sqlstate: '22001', constraint: null, column: null },
      {
        what: 'a number out of range',
        row: ['9', '2147483648', null],
        sqlstate: '22003',
        constraint: null,
        column: null,
      },
      { what: 'no number', row: ['9', 'x', null], sqlstate: '22P02', constraint: null, column: null },
      { what: 'a NUL', row: ['9', '1', 'a\u0000'], sqlstate: '22021', constraint: null, column: null },
      { what: 'half a surrogate pair', row: ['9', '1', '\ud83d'], sqlstate: '22021', constraint: null, column: null },
    ];

    for (const { what, row, ...refusal } of refusals) {
      test(`${what} is refused with SQLSTATE ${refusal.sqlstate}, in a batch or in the whole part`, async () => {
        const into = await target();
        const good = [
          ['1', '5', 'one'],
          ['2', '6', 'two'],
        ];
        const whole = await openPart(into, 'guarded', guarded);
        const seen = (await whole.write([...good, row])) ?? (await whole.finish());
        expect(seen).toEqual(refusal);
        await whole.rollback();
        const parts = await openPart(into, 'guarded', guarded);
        expect(await parts.writeIsolating(good)).toEqual([]);
        expect(await parts.writeIsolating([['3', '7', null], row])).toEqual([{ row: 1, refusal }]);
        expect(await parts.writeIsolating([row])).toEqual([{ row: 0, refusal }]);
        expect(await parts.writeIsolating([['4', '8', null]])).toEqual([]);
        await parts.commit(entryOf(1, good));
        expect(await linesOf(into, 'guarded', ['id'])).toEqual(['1', '2', '3', '4']);
      });
    }

    test('a refused row among many is reported no later than at the end', async () => {
      const into = await target();
      const writer = await openPart(into, 'guarded', guarded);
      let refusal = null;
      for (let from = 0; from < 200_000 && refusal === null; from += 1000) {
        const rows = Array.from({ length: 1000 }, (_, i) => [
          String(from + i),
          from === 0 && i === 3 ? '-1' : '1',
          'label',
        ]);
        refusal = await writer.write(rows);
      }
      refusal ??= await writer.finish();
      expect(refusal).toMatchObject({ sqlstate: '23514' });
      expect(await writer.write([['-1', '1', null]])).toEqual(refusal);
      await writer.rollback();
      expect(await into.inspector.count('guarded')).toBe(0);
    });

    test('several parts are loaded at the same time', async () => {
      const into = await target();
      const writers = await Promise.all([1, 2, 3].map(() => openPart(into, 'guarded', guarded)));
      await Promise.all(writers.map((writer, i) => writer.write([[String(i), '1', null]])));
      await Promise.all(writers.map((writer) => writer.finish()));
      await Promise.all(writers.map((writer, i) => writer.commit(entryOf(i + 1, [[]]))));
      expect((await into.ledger('r1')).map(({ part }) => part.number)).toEqual([1, 2, 3]);
      expect(await into.inspector.count('guarded')).toBe(3);
    });

    test('a target that cannot be opened reports the right code, and no password', async () => {
      const wrong = harness.wrongUrls({ url, schema, drop: async () => undefined });
      expect(wrong.length).toBeGreaterThan(0);
      for (const { what, url: wrongUrl, code } of wrong) {
        const error = await connector
          .openTarget?.(wrongUrl, { schema, settings: {} })
          .catch((caught: unknown) => caught);
        expect([what, (error as { code: string }).code]).toEqual([what, code.replace('source-', 'target-')]);
        expect(`${error} ${(error as { hint: string }).hint}`).not.toContain(canary);
      }
    });
  });
}
