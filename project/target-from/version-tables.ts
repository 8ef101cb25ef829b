/** Tables in which tools write which of their migrations were applied. */
const versionTables: Readonly<Record<string, string>> = {
  alembic_version: 'Alembic',
  _prisma_migrations: 'Prisma',
  __drizzle_migrations: 'Drizzle',
  flyway_schema_history: 'Flyway',
  schema_migrations: 'Rails and others',
  ar_internal_metadata: 'Rails',
  django_migrations: 'Django',
  knex_migrations: 'Knex',
  knex_migrations_lock: 'Knex',
  databasechangelog: 'Liquibase',
  databasechangeloglock: 'Liquibase',
  SequelizeMeta: 'Sequelize',
  goose_db_version: 'goose',
};

/** The tool whose version table this is; null for any other table. */
export function toolOf(table: string): string | null {
  return versionTables[table] ?? null;
}
