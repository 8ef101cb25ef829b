import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportOf, waybill } from '../../support/cli.ts';
import { mariadb, onPostgres, postgres } from '../../support/live-databases.ts';
import { catalogOf, confirmMatches, folderWithPackage } from './target-from.ts';

/** A shop as an old application names things. */
const shop = [
  `create table Users (Id int auto_increment primary key, FullName varchar(100) not null, Role enum('admin','member') not null default 'member',
    CreatedAt datetime(3) not null, LegacyFlag int)`,
  `create table OrderItem (Id int auto_increment primary key, UserId int, UnitPrice int not null, IsPaid tinyint(1) not null default 0,
    constraint item_user foreign key (UserId) references Users (Id))`,
  'create table audit_log (id int primary key, line text)',
  `insert into Users values (1, 'Ada', 'admin', '2024-01-02 03:04:05.678', 1), (7, 'Zoë', 'member', '2024-02-03 04:05:06', null)`,
  'insert into OrderItem values (1, 1, 995, 1), (2, 7, 5, 0), (4, null, 7, 1)',
  "insert into audit_log values (1, 'x')",
];

/** What drizzle-kit makes of a schema, a migration written by hand, and the rows of its version table. */
const drizzle = `
  CREATE TYPE "public"."role" AS ENUM('admin', 'member');
  CREATE TABLE "order_items" (
    "id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "order_items_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
    "user_id" integer,
    "unit_price" integer NOT NULL,
    "is_paid" boolean DEFAULT false NOT NULL
  );
  CREATE TABLE "users" (
    "id" serial PRIMARY KEY NOT NULL,
    "full_name" text NOT NULL,
    "role" "role" DEFAULT 'member' NOT NULL,
    "created_at" timestamp (3) DEFAULT now() NOT NULL
  );
  CREATE TABLE "settings" ("name" text PRIMARY KEY NOT NULL, "value" text);
  INSERT INTO settings VALUES ('currency', 'EUR');
  ALTER TABLE "order_items" ADD CONSTRAINT "order_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;
  CREATE INDEX "order_items_user_idx" ON "order_items" USING btree ("user_id");
  CREATE UNIQUE INDEX "users_full_name_idx" ON "users" USING btree ("full_name");
  CREATE FUNCTION loud() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.full_name := upper(NEW.full_name); RETURN NEW; END $$;
  CREATE TRIGGER loud BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION loud();
  CREATE VIEW paid AS SELECT u.full_name, o.unit_price FROM users u JOIN order_items o ON o.user_id = u.id WHERE o.is_paid;
  COMMENT ON TABLE users IS 'who buys'; COMMENT ON INDEX users_full_name_idx IS 'one name each';
  CREATE SCHEMA "drizzle";
  CREATE TABLE "drizzle"."__drizzle_migrations" (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint);
  INSERT INTO "drizzle"."__drizzle_migrations" ("hash", "created_at") VALUES ('0e5f', 1732976000000);`;

/** What drizzle-kit makes of a changed schema. */
const nextDrizzle = `
  CREATE TYPE "public"."state" AS ENUM('new', 'done');
  ALTER TABLE "order_items" DROP CONSTRAINT "order_items_user_id_users_id_fk";
  ALTER TABLE "order_items" ADD COLUMN "state" "state" DEFAULT 'new' NOT NULL;
  ALTER TABLE "order_items" ADD CONSTRAINT "order_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE set null ON UPDATE no action;
  DROP INDEX "order_items_user_idx";
  ALTER TYPE "public"."role" ADD VALUE 'guest';
  INSERT INTO "drizzle"."__drizzle_migrations" ("hash", "created_at") VALUES ('1f60', 1732977000000);`;

/** The pg_dump of this machine may be older than the server. */
const backup = ['--backup-command', 'echo backup > "$WAYBILL_BACKUP_FILE"'];

describe('a target that another tool made', () => {
  test('is matched by name, filled after a crash, made live as the tool left it, and migrated on', async () => {
    const [folder, source, target] = [await folderWithPackage(), await mariadb(...shop), await postgres(drizzle)];
    const project = join(folder, 'shop');
    const init = await waybill(folder, ['init', source, 'shop', '--target-from', target, '--quiet']);
    expect([init.code, init.stderr]).toEqual([0, '']);
    expect(init.stdout).toMatch(/kept settings: 1 rows/);
    expect(init.stdout).toMatch(/drizzle.__drizzle_migrations is in a schema of its own and stays as it is/);
    expect(await readFile(join(project, 'matches.ts'), 'utf8')).toContain(`  tables: {
    OrderItem: {
      to: { proposed: 'order_items' },
      columns: {
        Id: { proposed: 'id' },
        UserId: { proposed: 'user_id' },
        UnitPrice: { proposed: 'unit_price' },
        IsPaid: { proposed: 'is_paid' },
      },
    },
    Users: {
      to: { proposed: 'users' },
      columns: {
        Id: { proposed: 'id' },
        FullName: { proposed: 'full_name' },
        Role: { proposed: 'role' },
        CreatedAt: { proposed: 'created_at' },
      },
      drops: {
        LegacyFlag: { proposed: 'the target has no such column' },
      },
    },
    audit_log: { leftBehind: { proposed: 'the target has no such table' } },
  },
  kept: {
    settings: { proposed: 'no source table has its rows' },
  },`);
    const refused = await waybill(folder, ['plan', 'shop']);
    expect([refused.code, refused.stderr]).toEqual([3, expect.any(String)]);
    expect(refused.stdout).toMatch(
      /OrderItem: It is proposed as order_items. Confirm that, or write another name, in matches.ts/,
    );
    expect(refused.stdout).toMatch(/LegacyFlag: It is proposed to stay behind: the target has no such column/);
    const place = ['--source', source, '--target', target];
    expect((await waybill(folder, ['run', 'shop', ...place])).stderr).toMatch(/Confirm that, or write another name/);
    await confirmMatches(project, [
      ["{ proposed: 'the target has no such table' }", "'the new application logs elsewhere'"],
    ]);
    const plan = await waybill(folder, ['plan', 'shop', '--source', source]);
    expect([plan.code, plan.stderr]).toEqual([0, '']);
    const before = await catalogOf(target);
    const killed = await waybill(folder, ['run', 'shop', ...place, '--run', 'r1', '--quiet'], {
      ...{ WAYBILL_FAULTS: 'on', WAYBILL_FAILPOINT: 'load-done' },
    });
    expect(killed.code).toBe(null);
    const run = await waybill(folder, ['run', 'shop', ...place, '--run', 'r1', '--resume', '--quiet']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect((await reportOf(folder, 'r1')).verdict).toBe('pass');
    const cutover = await waybill(folder, ['cutover', 'r1', '--target', target, ...backup]);
    expect([cutover.code, cutover.code === 0 ? '' : cutover.stderr]).toEqual([0, '']);
    expect(await catalogOf(target)).toEqual(before);
    expect(await onPostgres(target, 'select id, full_name, role::text from users order by id')).toEqual([
      { id: 1, full_name: 'Ada', role: 'admin' },
      { id: 7, full_name: 'Zoë', role: 'member' },
    ]);
    expect(await onPostgres(target, 'select * from settings')).toEqual([{ name: 'currency', value: 'EUR' }]);
    await onPostgres(target, nextDrizzle);
    const added = await onPostgres(
      target,
      `with u as (insert into users (full_name) values ('New') returning id, full_name)
       insert into order_items (user_id, unit_price, is_paid) select null, id, true from u returning id, unit_price, state::text`,
    );
    expect(added).toEqual([{ id: 5, unit_price: 8, state: 'new' }]);
    expect(await onPostgres(target, 'select full_name from users where id = 8')).toEqual([{ full_name: 'NEW' }]);
    expect(await onPostgres(target, 'select full_name, unit_price from paid')).toEqual([
      { full_name: 'Ada', unit_price: 995 },
    ]);
    const drifted = await waybill(folder, ['run', 'shop', ...place, '--run', 'r2', '--quiet']);
    expect([drifted.code, drifted.stderr]).toEqual([
      3,
      expect.stringMatching(/public was changed since the project was made from it: .*type state/),
    ]);
    const pull = await waybill(folder, ['pull', 'shop', ...place, '--quiet']);
    expect([pull.code, pull.stdout]).toEqual([0, expect.stringMatching(/\+ create type state as enum/)]);
    const again = await waybill(folder, ['run', 'shop', ...place, '--run', 'r2', '--quiet']);
    expect([again.code, again.stderr]).toEqual([0, '']);
    const second = await waybill(folder, ['cutover', 'r2', '--target', target, ...backup]);
    expect([second.code, second.code === 0 ? '' : second.stderr]).toEqual([0, '']);
    const back = await waybill(folder, ['rollback', 'r2', '--target', target]);
    expect([back.code, back.code === 0 ? '' : back.stderr]).toEqual([0, '']);
    expect(await onPostgres(target, 'select count(*)::int as n from users')).toEqual([{ n: 3 }]);
  });
});
