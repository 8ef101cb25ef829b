import type { TableContract } from '../../core/model/schema.ts';
import { quoteName, quoteText } from './sql.ts';

/** What a migration tool finds in its version table: that the schema is as its migrations leave it. */
export type Stamp =
  | { readonly tool: 'alembic' | 'flyway'; readonly version: string }
  | { readonly tool: 'rails'; readonly versions: readonly string[] }
  /** Name of a migration's folder → SHA-256 of its `migration.sql`. */
  | { readonly tool: 'prisma'; readonly migrations: Readonly<Record<string, string>> };

/** The version table of a tool, and its rows. */
export interface StampedTable {
  readonly name: string;
  readonly contract: TableContract;
  readonly create: readonly string[];
  readonly insert: readonly string[];
}

/** Makes the version table as the tool makes it. */
export function stampedTable(stamp: Stamp): StampedTable {
  switch (stamp.tool) {
    case 'alembic':
      return tableOf('alembic_version', ['version_num varchar(32) not null'], {
        constraint: 'alembic_version_pkc',
        rows: [[quoteText(stamp.version)]],
      });
    case 'rails':
      return tableOf('schema_migrations', ['version varchar not null'], {
        constraint: 'schema_migrations_pkey',
        rows: stamp.versions.map((version) => [quoteText(version)]),
      });
    case 'prisma':
      return tableOf('_prisma_migrations', prismaColumns, {
        constraint: '_prisma_migrations_pkey',
        rows: Object.entries(stamp.migrations).map(([name, checksum]) => [
          ...['gen_random_uuid()', quoteText(checksum), 'now()', quoteText(name), 'null', 'null', 'now()', '1'],
        ]),
      });
    case 'flyway':
      return flywayTable(stamp.version);
  }
}

const prismaColumns = [
  'id varchar(36) not null',
  'checksum varchar(64) not null',
  'finished_at timestamptz',
  'migration_name varchar(255) not null',
  'logs text',
  'rolled_back_at timestamptz',
  'started_at timestamptz not null default now()',
  'applied_steps_count integer not null default 0',
];

const flywayColumns = [
  'installed_rank integer not null',
  'version varchar(50)',
  'description varchar(200) not null',
  'type varchar(20) not null',
  'script varchar(1000) not null',
  'checksum integer',
  'installed_by varchar(100) not null',
  'installed_on timestamp not null default now()',
  'execution_time integer not null',
  'success boolean not null',
];

/** Flyway takes the schema as the baseline of that version. */
function flywayTable(version: string): StampedTable {
  const baseline = quoteText('<< Flyway Baseline >>');
  const row = ['1', quoteText(version), baseline, "'BASELINE'", baseline, 'null', 'current_user', 'now()', '0', 'true'];
  const name = 'flyway_schema_history';
  const table = tableOf(name, flywayColumns, { constraint: `${name}_pk`, rows: [row] });
  return { ...table, create: [...table.create, `create index ${name}_s_idx on ${name} (success)`] };
}

/** @param columns as DDL writes them, the key first. */
function tableOf(
  name: string,
  columns: readonly string[],
  { constraint, rows }: { readonly constraint: string; readonly rows: readonly (readonly string[])[] },
): StampedTable {
  const parts = columns.map((column) => /^(\w+) (.*?)( not null)?( default .*)?$/.exec(column) as RegExpExecArray);
  const key = parts[0]?.[1] as string;
  const contract = parts.map(([, column = '', type = '', required = '', initial]): [string, string] => [
    column,
    `${type}${required}${initial === undefined ? '' : ' default'}`,
  ]);
  const table = quoteName(name);
  return {
    name,
    contract: { key: [key], unique: [], columns: Object.fromEntries(contract) },
    create: [
      `create table ${table} (\n  ${columns.join(',\n  ')},\n  constraint ${constraint} primary key (${key})\n)`,
    ],
    insert: rows.map((row) => `insert into ${table} values (${row.join(', ')})`),
  };
}
