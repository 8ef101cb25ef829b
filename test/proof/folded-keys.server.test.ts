import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Rule } from '../../core/mapping/mapping.ts';
import type { Pipeline, Relation } from '../../core/mapping/pipeline.ts';
import { planPipeline } from '../../core/mapping/plan/plan.ts';
import { ref } from '../../core/mapping/rules.ts';
import type { KeyFold } from '../../core/model/key-fold.ts';
import type { RowRecord } from '../../core/model/records.ts';
import { readRecords } from '../../engine/journal/row-records.ts';
import { type RunOptions, type RunResult, runPipeline } from '../../engine/stages/run.ts';
import { exportRun, importRun, transformRun, validateRun } from '../../engine/stages/stage-runs.ts';
import { unfoldedRelations } from '../../validators/references/unfolded-relations.ts';
import { allOf } from '../engine/memory/shop-runs.ts';
import { type Carried, type CarriedSpec, carried, type Outcome, outcomeOf } from '../support/carried.ts';
import { mariadb, postgres } from '../support/live-databases.ts';

/** A carried key whose references are folded. */
interface Folded {
  readonly child: string;
  readonly column: string;
  readonly parent: string;
  readonly key: string;
  readonly fold?: KeyFold;
  readonly orphan?: 'reject' | 'null';
  readonly none?: readonly string[];
}

function relationOf(schema: string, { child, column, parent, key, none = [] }: Folded): Relation {
  return {
    ...{ child: `${schema}.${child}`, columns: [column], parent: `${schema}.${parent}`, parentColumns: [key], none },
    ...{ decision: 'foreign-key', why: 'the source joins them' },
    target: { child, columns: [column], parent, parentColumns: [key] },
  };
}

function folding(...all: readonly Folded[]): NonNullable<CarriedSpec['change']> {
  return (pipeline): Pipeline => {
    const [schema = ''] = Object.keys(pipeline.source.contract);
    const ruleOf = ({ column, parent, fold, orphan = 'reject', none }: Folded): Rule =>
      ref(parent, column, { orphan, ...(none && { none }), ...(fold && { fold }) });
    const mappings = pipeline.mappings.map((mapping) => {
      const own = all.filter(({ child }) => child === mapping.to);
      const rules = Object.fromEntries(own.map((each) => [each.column, ruleOf(each)]));
      return { ...mapping, columns: { ...mapping.columns, ...rules } };
    });
    return { ...pipeline, mappings, relations: all.map((each) => relationOf(schema, each)) };
  };
}

async function recordsOf({ runs }: Carried, mapping: string, run = 'r1'): Promise<readonly RowRecord[]> {
  return allOf(readRecords(join(runs, run, 'records'), mapping));
}

/** Runs with a limit of rejects that no test exceeds. */
async function run(migration: Carried): Promise<Outcome> {
  return outcomeOf({ ...(await migration.options('r1')), maxRejects: 10 }, runPipeline);
}

/** One command per stage: the import sees nothing of the source. */
async function runStages(options: RunOptions): Promise<RunResult> {
  await exportRun(options);
  await transformRun(options);
  await importRun(options, options.targetSchema);
  return validateRun(options);
}

function doubtsOf({ facts }: Outcome) {
  return facts.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'incomplete');
}

const countries = `create table country (code varchar(8) primary key, name varchar(20) not null);
  create table town (id int primary key, country varchar(8));`;
const foreignKey = 'alter table town add foreign key (country) references country (code);';
const ofTown = { child: 'town', column: 'country', parent: 'country', key: 'code' };

/** MariaDB tables of this collation, with these keys and the references of towns 1, 2, … */
function towns(collation: string, keys: readonly string[], references: readonly (string | null)[], isEnforced = true) {
  const quoted = (text: string | null): string => (text === null ? 'null' : `'${text}'`);
  return mariadb(
    `create table country (code varchar(8) primary key, name varchar(20) not null) collate ${collation}`,
    `create table town (id int primary key, country varchar(8)${isEnforced ? ', foreign key (country) references country (code)' : ''}) collate ${collation}`,
    `insert into country values ${keys.map((key) => `(${quoted(key)}, 'c')`).join(', ')}`,
    `insert into town values ${references.map((key, i) => `(${i + 1}, ${quoted(key)})`).join(', ')}`,
  );
}

async function carriedTowns(source: string, fold?: KeyFold, more: Partial<Folded> = {}): Promise<Carried> {
  const change = folding({ ...ofTown, ...(fold && { fold }), ...more });
  return carried({ source, dialect: 'mysql', ddl: [countries, foreignKey], change });
}

async function townsIn(migration: Carried): Promise<readonly unknown[]> {
  const rows = await migration.query('select id, country from town order by id');
  return rows.map(({ id, country }) => [id, country]);
}

describe('a reference that folds its keys', () => {
  const spelled = ['Y', 'y', 'Y ', 'y  ', null] as const;

  test('is written in the spelling of the parent, and each change is recorded with both spellings', async () => {
    const source = await towns('latin1_general_ci', ['Y', 'É', 'e'], [...spelled, 'é', 'E']);
    const migration = await carriedTowns(source, ['case', 'trailing-blanks']);
    const outcome = await run(migration);
    expect(doubtsOf(outcome)).toEqual([]);
    expect(outcome.verdict).toBe('pass');
    expect(await townsIn(migration)).toEqual([
      ...[1, 2, 3, 4].map((id) => [id, 'Y']),
      ...[
        [5, null],
        [6, 'É'],
        [7, 'e'],
      ],
    ]);
    expect(await recordsOf(migration, 'c01.town > town')).toMatchObject([
      { kind: 'adjustment', rule: 'parent-spelling', key: 'id=2', column: 'country', from: 'y', to: 'Y' },
      { key: 'id=3', from: 'Y ', to: 'Y' },
      { key: 'id=4', from: 'y  ', to: 'Y' },
      { key: 'id=6', from: 'é', to: 'É' },
      { key: 'id=7', from: 'E', to: 'e' },
    ]);
    expect((await migration.validate()).verdict).toBe('pass');
  });

  test('is written the same in a staged run, whose second half reads files', async () => {
    const source = await towns('utf8mb4_general_ci', ['Y', 'És', 'e'], [...spelled, 'ES ', 'É']);
    const migration = await carriedTowns(source, ['case', 'accents', 'trailing-blanks']);
    const direct = await run(migration);
    const rows = await townsIn(migration);
    const options = { ...(await migration.options('r2')), mode: 'staged' as const, targetSchema: 'staged' };
    const staged = await outcomeOf(options, runPipeline);
    expect([doubtsOf(direct), doubtsOf(staged)]).toEqual([[], []]);
    const again = await migration.query('select id, country from staged.town order by id');
    expect(again.map(({ id, country }) => [id, country])).toEqual(rows);
    const directory = `jsonl:${join(migration.runs, 'r2', 'export')}`;
    const files = await outcomeOf(
      { ...(await migration.options('r3', directory)), targetSchema: 'files', maxRejects: 10 },
      runPipeline,
    );
    expect(doubtsOf(files)).toEqual([]);
    expect((await migration.query('select count(*)::int as n from files.town')).at(0)).toEqual({ n: rows.length });
  });

  test('without a fold is rejected as an orphan, which the check of foreign keys finds in the source', async () => {
    const migration = await carriedTowns(await towns('latin1_general_ci', ['Y'], [...spelled]));
    const outcome = await run(migration);
    expect(outcome.verdict).toBe('fail');
    expect(outcome.of('foreign-keys').find(({ verdict }) => verdict === 'fail')).toMatchObject({
      note: expect.stringContaining('3 references resolved although the parent is in the source'),
      sampleKeys: ['id=2', 'id=3', 'id=4'],
    });
  });

  test('is an orphan where no parent has its key under the fold, as declared', async () => {
    const source = await towns('latin1_general_ci', ['Y'], ['y', 'z', 'N/a', 'n/A '], false);
    const none = ['N/A'];
    const rejecting = await carriedTowns(source, ['case', 'trailing-blanks'], { none });
    expect((await run(rejecting)).verdict).toBe('pass');
    expect(await townsIn(rejecting)).toEqual([[1, 'Y'], ...[3, 4].map((id) => [id, null])]);
    const nulling = await carriedTowns(source, ['case', 'trailing-blanks'], { none, orphan: 'null' });
    expect((await run(nulling)).verdict).toBe('pass');
    expect(await townsIn(nulling)).toEqual([[1, 'Y'], ...[2, 3, 4].map((id) => [id, null])]);
  });

  test.each([
    ['latin1_swedish_ci', ['case', 'accents', 'trailing-blanks'], ['Y', 'Café'], ['y', 'cafe '], ['Y', 'Café']],
    ['utf8mb4_general_ci', ['case', 'accents', 'trailing-blanks'], ['ÉS', 'n'], ['es', 'Es ', 'Ñ'], ['ÉS', 'ÉS', 'n']],
    ['utf8mb4_unicode_ci', ['case', 'accents', 'trailing-blanks'], ['ES', 'ΣΑΣ'], ['es ', 'σας'], ['ES', 'ΣΑΣ']],
    ['utf8mb4_bin', ['trailing-blanks'], ['ES', 'es'], ['ES ', 'es', 'es  '], ['ES', 'es', 'es']],
    ['utf8mb4_unicode_nopad_ci', ['case', 'accents'], ['ES', 'ES '], ['es', 'és '], ['ES', 'ES ']],
    [
      'utf8mb4_turkish_ci',
      (key: string): string => key.toLocaleLowerCase('tr').trimEnd(),
      ['ilk', 'ılk'],
      ['İLK', 'ILK', 'ilk '],
      ['ilk', 'ılk', 'ilk'],
    ],
    [
      'utf8mb4_general_ci',
      (key: string): string => key.replaceAll('ß', 's').toLowerCase(),
      ['s', 'ss'],
      ['ß', 'SS'],
      ['s', 'ss'],
    ],
  ] as const)('compares as %s does: %o', async (collation, fold, keys, references, expected) => {
    const migration = await carriedTowns(await towns(collation, keys, references), fold);
    const outcome = await run(migration);
    expect(doubtsOf(outcome)).toEqual([]);
    expect(await townsIn(migration)).toEqual(expected.map((key, i) => [i + 1, key]));
  });

  test('that folds less than the source does is named, row by row', async () => {
    const source = await towns('utf8mb4_general_ci', ['Café', 'straße'], ['CAFÉ', 'cafe', 'strase']);
    const migration = await carriedTowns(source, ['case', 'trailing-blanks']);
    const outcome = await run(migration);
    expect(outcome.of('foreign-keys').find(({ verdict }) => verdict === 'fail')).toMatchObject({
      note: expect.stringContaining('2 references resolved although the parent is in the source'),
      sampleKeys: ['id=2', 'id=3'],
    });
  });

  test('that folds more than the source does is named, whether the source has an orphan or another parent', async () => {
    const orphans = await towns('latin1_general_ci', ['Cafe'], ['cafe', 'café'], false);
    const found = await run(await carriedTowns(orphans, ['case', 'accents']));
    expect(found.of('foreign-keys').find(({ verdict }) => verdict === 'fail')).toMatchObject({
      note: expect.stringContaining('1 orphan of the source not recorded'),
      sampleKeys: expect.arrayContaining(['id=2']),
    });
    const others = await towns('utf8mb4_turkish_ci', ['ilk', 'ılk'], ['ILK', 'ilk']);
    const wrong = await run(await carriedTowns(others, ['case']));
    expect(wrong.of('foreign-keys').find(({ verdict }) => verdict === 'fail')).toMatchObject({
      note: '1 row written with a parent that is another one for the source, which does not compare by case',
      sampleKeys: ['id=1'],
    });
  });

  test('rejects a row whose key folds to those of two parents, and takes the exact one where there is one', async () => {
    const migration = await carriedTowns(await towns('latin1_general_ci', ['e', 'é'], ['e', 'é', 'É'], false), [
      'case',
      'accents',
    ]);
    const outcome = await run(migration);
    expect(doubtsOf(outcome)).toEqual([]);
    expect(await townsIn(migration)).toEqual([
      [1, 'e'],
      [2, 'é'],
    ]);
    expect(await recordsOf(migration, 'c01.town > town')).toMatchObject([
      { kind: 'reject', stage: 'map', rule: 'ambiguous-parent', column: 'country', key: 'id=3' },
    ]);
  });
});

test('a table that refers to itself, and a child that is a parent, are written in the spelling of the first parent', async () => {
  const source = await mariadb(
    'create table area (code varchar(8) primary key, up varchar(8), foreign key (up) references area (code)) collate utf8mb4_general_ci',
    'create table region (code varchar(8) primary key, foreign key (code) references area (code)) collate utf8mb4_general_ci',
    'create table town (id int primary key, region varchar(8), foreign key (region) references region (code)) collate utf8mb4_general_ci',
    `insert into area values ('North', null), ('South', 'NORTH'), ('East', 'east')`,
    `insert into region values ('north'), ('SOUTH ')`,
    `insert into town values (1, 'NORTH'), (2, 'north'), (3, 'south'), (4, 'South')`,
  );
  const ddl = [
    `create table area (code varchar(8) primary key, up varchar(8)); create table region (code varchar(8) primary key);
     create table town (id int primary key, region varchar(8));`,
    `alter table area add foreign key (up) references area (code);
     alter table region add foreign key (code) references area (code);
     alter table town add foreign key (region) references region (code);`,
  ];
  const fold = ['case', 'trailing-blanks'] as const;
  const change = folding(
    { child: 'area', column: 'up', parent: 'area', key: 'code', fold },
    { child: 'region', column: 'code', parent: 'area', key: 'code', fold },
    { child: 'town', column: 'region', parent: 'region', key: 'code', fold },
  );
  const migration = await carried({ source, dialect: 'mysql', ddl, change });
  const outcome = await run(migration);
  expect(doubtsOf(outcome)).toEqual([]);
  expect(await migration.query('select code, up from area order by code')).toEqual([
    { code: 'East', up: 'East' },
    { code: 'North', up: null },
    { code: 'South', up: 'North' },
  ]);
  expect(await migration.query('select region from town order by id')).toEqual(
    ['North', 'North', 'South', 'South'].map((region) => ({ region })),
  );
  const [tables = '', keys = ''] = ddl;
  const checked = tables.replace('region (code varchar(8) primary key', `$& check (code <> 'South')`);
  const losing = await carried({ source, dialect: 'mysql', ddl: [checked, keys], change });
  expect(doubtsOf(await run(losing))).toEqual([]);
  expect((await recordsOf(losing, 'c01.town > town')).filter(({ kind }) => kind === 'reject')).toMatchObject([
    { rule: 'parent-rejected', parent: { table: 'region', value: 'South' } },
    { rule: 'parent-rejected', parent: { table: 'region', value: 'South' } },
  ]);
  const options = { ...(await losing.options('r2')), mode: 'staged' as const, targetSchema: 'staged', maxRejects: 10 };
  expect(doubtsOf(await outcomeOf(options, runStages))).toEqual([]);
});

test('a relation without a fold is named by the plan, with the number of rows that only the source finds parents for', async () => {
  const source = await towns('utf8mb4_general_ci', ['Y', 'e'], ['Y', 'y', 'É', null, 'z'], false);
  const unfolded = async (fold?: KeyFold) => {
    const migration = await carriedTowns(source, fold);
    const { openSource, params, types } = await migration.options('r1');
    const opened = await openSource();
    onTestFinished(() => opened.close());
    return unfoldedRelations(planPipeline(migration.pipeline, params, types), opened.inspector);
  };
  expect(await unfolded()).toEqual([{ relation: 'c01.town(country) > c01.country(code)', rows: 2 }]);
  expect(await unfolded(['case'])).toEqual([]);
});

test('a relation of several columns folds its texts together', async () => {
  const source = await mariadb(
    'create table item (shop int, code varchar(8), primary key (shop, code)) collate utf8mb4_general_ci',
    'create table sale (id int primary key, shop int, code varchar(8), foreign key (shop, code) references item (shop, code)) collate utf8mb4_general_ci',
    `insert into item values (1, 'Pen'), (2, 'PEN'), (2, 'Ink')`,
    `insert into sale values (1, 1, 'pen'), (2, 2, 'pen '), (3, 2, 'Ink'), (4, 1, null), (5, null, 'pen')`,
  );
  const ddl = [
    `create table item (shop int, code varchar(8), primary key (shop, code));
     create table sale (id int primary key, shop int, code varchar(8));`,
    'alter table sale add foreign key (shop, code) references item (shop, code);',
  ];
  const columns = ['shop', 'code'];
  const change = (pipeline: Pipeline): Pipeline => ({
    ...pipeline,
    relations: [
      {
        ...{ child: 'c01.sale', columns, parent: 'c01.item', parentColumns: columns, none: [] },
        ...{ decision: 'foreign-key', orphan: 'reject', fold: ['case', 'trailing-blanks'], why: 'declared' },
        target: { child: 'sale', columns, parent: 'item', parentColumns: columns },
      },
    ],
  });
  const migration = await carried({ source, dialect: 'mysql', ddl, change });
  const outcome = await run(migration);
  expect(doubtsOf(outcome)).toEqual([]);
  const sales = await migration.query('select code from sale order by id');
  expect(sales.map(({ code }) => code)).toEqual(['Pen', 'PEN', 'Ink', null, 'pen']);
  expect((await recordsOf(migration, 'c01.sale > sale')).map(({ key }) => key)).toEqual(['id=1', 'id=2']);
});

describe('PostgreSQL', () => {
  test.each([
    ['a collation that is not deterministic', `varchar(8) collate ci`],
    ['citext', 'citext'],
  ])('keys of %s are folded', async (_, type) => {
    const source = await postgres(
      `create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
      'create extension citext',
      `create table country (code ${type} primary key, name varchar(20) not null);
       create table town (id int primary key, country ${type} references country (code));
       insert into country values ('Y', 'c'), ('Es', 'c'); insert into town values (1, 'y'), (2, 'eS'), (3, 'Y'), (4, null)`,
    );
    const change = folding({ ...ofTown, fold: ['case'] });
    const ddl = [countries.replaceAll('varchar(8)', 'text'), foreignKey];
    const migration = await carried({ source, dialect: 'postgres', ddl, change });
    const outcome = await run(migration);
    expect(doubtsOf(outcome)).toEqual([]);
    expect(await townsIn(migration)).toEqual([
      [1, 'Y'],
      [2, 'Es'],
      [3, 'Y'],
      [4, null],
    ]);
  });
});
