import pg from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openPart } from '../../../../testing/row-writer.ts';
import { schema, sql, target } from '../database.ts';
import { open, raise } from './refused-rows.ts';

describe('an error that concerns the run stops it:', () => {
  test('a lock that another session holds', async () => {
    const { url, into } = await open(
      'create table t (id integer); create table held ()',
      `${raise('if new.id = 2 then lock table held; end if').replace('plpgsql as', "plpgsql set lock_timeout to '50ms' set search_path to aries_next as")}`,
    );
    const holder = new pg.Client(url);
    await holder.connect();
    onTestFinished(() => holder.end());
    await holder.query(`begin; lock table ${schema}.held`);
    const writer = await openPart(into, 't', ['id']);
    await expect(writer.writeIsolating([['1'], ['2'], ['3']])).rejects.toMatchObject({
      code: 'target-interrupted',
      reason: '55P03',
    });
    await writer.rollback();
  });

  test('a statement that is cancelled', async () => {
    const { into } = await open(
      'create table t (id integer)',
      raise('perform pg_cancel_backend(pg_backend_pid()); perform pg_sleep(60)'),
    );
    const writer = await openPart(into, 't', ['id']);
    await expect(writer.writeIsolating([['1'], ['2']])).rejects.toMatchObject({
      code: 'target-interrupted',
      reason: '57014',
    });
    await writer.rollback();
  });

  test('a table that may not be written', async () => {
    const { url, into } = await open('create table t (id integer)');
    await (await openPart(into, 't', ['id'])).rollback(); // creates the ledger
    const user = `reader_${Date.now()}`;
    await sql(
      url,
      `create role ${user}; grant usage on schema ${schema} to ${user}; grant select on ${schema}.t to ${user};
      grant usage on schema waybill to ${user}; grant select on all tables in schema waybill to ${user}`,
    );
    onTestFinished(async () => void (await sql(url, `drop owned by ${user}; drop role ${user}`)));
    const writer = await openPart(await target(url, { role: user }), 't', ['id']);
    await expect(writer.writeIsolating([['1']])).rejects.toMatchObject({ code: 'target-refused' });
    await writer.rollback();
    expect(await into.inspector.count('t')).toBe(0);
  });

  test('a table that is gone', async () => {
    const { url, into } = await open('create table t (id integer)');
    const writer = await openPart(into, 't', ['id']);
    await writer.writeIsolating([['1']]);
    await writer.rollback();
    const again = await openPart(into, 't', ['id']);
    await sql(url, `drop table ${schema}.t`);
    await expect(again.writeIsolating([['1']])).rejects.toMatchObject({ code: 'target-refused' });
    await again.rollback();
  });

  test('a rule that INSERT applies and COPY does not', async () => {
    const { into } = await open('create table t (id integer); create rule gone as on insert to t do instead nothing');
    const writer = await openPart(into, 't', ['id']);
    await expect(writer.writeIsolating([['1']])).rejects.toThrow(/has the rule "gone"/);
    await writer.rollback();
  });
});
