import { join } from 'node:path';
import { expect, test } from 'vitest';
import { waybill } from '../../support/cli.ts';
import { onPostgres, postgres } from '../../support/live-databases.ts';
import { catalogOf, confirmMatches, folderWithPackage } from './target-from.ts';

/** What Prisma makes of two models, in the same schema as its version table. */
const prisma = `
  CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
  CREATE TABLE "User" ("id" SERIAL NOT NULL, "email" TEXT NOT NULL, "role" "Role" NOT NULL DEFAULT 'USER',
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
  CREATE TABLE "Post" ("id" SERIAL NOT NULL, "title" TEXT, "authorId" INTEGER NOT NULL, CONSTRAINT "Post_pkey" PRIMARY KEY ("id"));
  CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
  ALTER TABLE "Post" ADD CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
  CREATE TABLE "_prisma_migrations" (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
    logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0);
  INSERT INTO "_prisma_migrations" VALUES ('5a0f', 'c0ffee', '2024-01-02 03:04:05.678901+00', '20240102030405_init', NULL, NULL, '2024-01-02 03:04:05+00', 1);
  CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
  INSERT INTO alembic_version VALUES ('27c6a30d7c24')`;

/** What the next migrations of Prisma and of Alembic run. */
const next = `
  ALTER TABLE "Post" DROP CONSTRAINT "Post_authorId_fkey";
  ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
  UPDATE "_prisma_migrations" SET applied_steps_count = applied_steps_count + 1 WHERE id = '5a0f';
  UPDATE alembic_version SET version_num = 'ae1027a6acf' WHERE alembic_version.version_num = '27c6a30d7c24'`;

test('version tables in the schema arrive with their rows, and names of a PostgreSQL source are matched', async () => {
  const folder = await folderWithPackage();
  const source = await postgres(`create type "Role" as enum ('USER', 'ADMIN');
    create table users (id int primary key, email text not null, role "Role" not null, created_at timestamp(3) not null);
    create table posts (id int primary key, title text, author_id int not null references users);
    insert into users values (4, 'a@b.c', 'ADMIN', '2024-01-02 03:04:05.678'); insert into posts values (9, 'x', 4)`);
  const target = await postgres(prisma);
  const versions = 'select p::text, a::text from "_prisma_migrations" p, alembic_version a';
  const before = [await catalogOf(target), await onPostgres(target, versions)];
  const init = await waybill(folder, ['init', source, 'shop', '--target-from', target, '--quiet']);
  expect([init.code, init.stderr]).toEqual([0, '']);
  await confirmMatches(join(folder, 'shop'));
  const plan = await waybill(folder, ['plan', 'shop']);
  expect([plan.code, plan.stdout]).toEqual([
    0,
    expect.stringMatching(/_prisma_migrations: the version table of Prisma/),
  ]);
  const run = await waybill(folder, ['run', 'shop', '--source', source, '--target', target, '--run', 'r1', '--quiet']);
  expect([run.code, run.stderr, run.stdout]).toEqual([
    0,
    '',
    expect.stringMatching(/alembic_version: the version table/),
  ]);
  const cutover = await waybill(folder, [
    'cutover',
    'r1',
    '--target',
    target,
    '--backup-command',
    'echo x > "$WAYBILL_BACKUP_FILE"',
  ]);
  expect([cutover.code, cutover.code === 0 ? '' : cutover.stderr]).toEqual([0, '']);
  expect([await catalogOf(target), await onPostgres(target, versions)]).toEqual(before);
  await onPostgres(target, next);
  expect(await onPostgres(target, `insert into "User" (email, role) values ('n', 'USER') returning id`)).toEqual([
    { id: 5 },
  ]);
});
