import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { waybill, workFolder } from '../../support/cli.ts';

const surface = pathToFileURL(resolve(import.meta.dirname, '../../../dist/public/index.js')).href;

/** A module whose towns refer to countries with these options. */
const moduleOf = (options: string): string => `
  import { carry, ref } from '${surface}';
  const contract = {
    country: { key: ['code'], columns: { code: 'varchar(8) not null' } },
    town: { key: ['id'], columns: { id: 'int(11) not null', country: 'varchar(8)' } },
  };
  const target = {
    country: { key: ['code'], columns: { code: 'text not null' } },
    town: { key: ['id'], columns: { id: 'integer not null', country: 'text' } },
  };
  const relation = {
    child: 'c01.town', columns: ['country'], parent: 'c01.country', parentColumns: ['code'], none: [],
    decision: 'foreign-key', why: 'declared',
    target: { child: 'town', columns: ['country'], parent: 'country', parentColumns: ['code'] },
  };
  export default {
    name: 'towns', title: 'Towns', relations: [relation], params: {}, tenantParam: null, seed: () => ({}),
    source: { dialect: 'mysql', contract: { c01: contract } },
    target: { schema: 'x', contract: target, migrations: 'm', loadVersion: 1, finalVersion: 1, unmapped: {} },
    mappings: [
      { from: 'c01.country', to: 'country', scope: 'shared', drops: {}, columns: { code: carry('code') } },
      { from: 'c01.town', to: 'town', scope: 'shared', drops: {},
        columns: { id: carry('id'), country: ref('country', 'country', ${options}) } },
    ],
  };`;

test('a plan with a source names references whose rows have their parent in another spelling', async () => {
  const folder = await workFolder();
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data/country.csv'), 'code\nY\n');
  await writeFile(join(folder, 'data/town.csv'), 'id,country\n1,Y\n2,y\n3,z\n');
  await writeFile(join(folder, 'exact.mjs'), moduleOf(`{ orphan: 'reject' }`));
  await writeFile(join(folder, 'folded.mjs'), moduleOf(`{ orphan: 'reject', fold: ['case'] }`));
  const plan = (module: string, ...more: string[]) =>
    waybill(folder, ['plan', `./${module}.mjs`, '--source', 'c01=csv:data', ...more]);
  const exact = await plan('exact');
  expect([exact.code, exact.stderr]).toEqual([0, '']);
  expect(exact.stdout).toContain(
    '  spelling  c01.town(country) > c01.country(code): in the source, one row finds its parent only because its collation folds keys; the reference does not say fold\n',
  );
  expect(JSON.parse((await plan('exact', '--json')).stdout)).toMatchObject({
    unfolded: [{ relation: 'c01.town(country) > c01.country(code)', rows: 1 }],
  });
  expect((await plan('folded')).stdout).not.toContain('spelling');
});
