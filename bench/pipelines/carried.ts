import type { Mapping, Rule } from '../../core/mapping/mapping.ts';
import type { Pipeline } from '../../core/mapping/pipeline.ts';
import { bool, carry, date, members, text } from '../../core/mapping/rules.ts';
import type { SchemaContract, TableContract } from '../../core/model/schema.ts';
import { c01 } from '../../transforms/aries/source/c01.ts';
import { benchTables } from '../tables.ts';

const names = benchTables.map(({ source }) => source);

/** The source contract of aries; all tables except those of the bench are left behind. */
export const carriedSource: SchemaContract = Object.fromEntries(
  Object.entries(c01 as SchemaContract).map(([table, contract]) => [
    table,
    names.includes(table) ? contract : { ...contract, leftBehind: 'not a table of the bench' },
  ]),
);

/** The PostgreSQL type of an unchanged column, or text without a closer type. pgloader makes the same choices. */
export function carriedType(native: string): string {
  const bare = native.replace(/ (not null|default)\b.*$/, '');
  if (bare === 'tinyint(1)' || bare.startsWith('bit')) return 'boolean';
  if (bare.startsWith('decimal')) return bare.replace('decimal', 'numeric');
  if (bare.startsWith('set')) return 'text[]';
  const name = /^[a-z]+/.exec(bare)?.[0] ?? '';
  return types[name] ?? 'text';
}

const types: Readonly<Record<string, string>> = {
  int: 'integer',
  smallint: 'smallint',
  tinyint: 'smallint',
  bigint: 'bigint',
  double: 'double precision',
  date: 'date',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
};

/** The tables that both pipelines fill: the source's columns in lower case, with the closest types. */
export const carriedTarget: SchemaContract = Object.fromEntries(
  names.map((table) => {
    const { columns } = carriedSource[table] as TableContract;
    const typed = Object.entries(columns).map(([name, native]) => [name.toLowerCase(), carriedType(native)]);
    return [table, { key: ['id'], columns: { ...Object.fromEntries(typed), id: 'integer not null' } }];
  }),
);

function ruleOf(column: string, from: string, type: string): Rule {
  if (from === type) return carry(column);
  if (type === 'boolean') return bool(column);
  if (from.startsWith('set')) return members(column);
  if (type === 'date' || type.startsWith('timestamp')) return date(column);
  return type === 'text' ? text(column) : carry(column);
}

/** One mapping a table, each column by the rule of its target type. */
export function carriedMappings(schema: string, source: SchemaContract): readonly Mapping[] {
  return names.map((table) => ({
    from: `${schema}.${table}`,
    to: table,
    scope: 'shared',
    columns: Object.fromEntries(
      Object.entries((source[table] as TableContract).columns).map(([name, native]) => {
        const target = name.toLowerCase();
        return [target, ruleOf(name, native, carriedTarget[table]?.columns[target] ?? '')];
      }),
    ),
    drops: {},
  }));
}

/** The properties that both pipelines share. */
export const carriedPipeline: Omit<Pipeline, 'name' | 'title' | 'source' | 'mappings'> = {
  target: {
    schema: 'carried',
    contract: carriedTarget,
    migrations: 'bench/pipelines/schema',
    loadVersion: 1,
    finalVersion: 2,
    unmapped: {},
  },
  relations: [],
  params: {},
  tenantParam: null,
  seed: () => ({}),
};
