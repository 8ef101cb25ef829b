import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { waybill, workFolder } from '../../support/cli.ts';
import { mysqlUrl } from '../../support/databases.ts';
import { mariadb, postgres } from '../../support/live-databases.ts';

const surface = resolve(import.meta.dirname, '../../../dist/public/index.js');

/** Runs a command that is refused. */
async function refused(folder: string, ...args: string[]): Promise<string> {
  const { code, stderr, stdout } = await waybill(folder, args);
  expect([code, stdout]).toEqual([2, '']);
  return stderr;
}

test('a URL that does not name a database, an empty database and files are refused by name', async () => {
  const folder = await workFolder();
  const target = 'postgres://nobody@127.0.0.1:1/none';
  expect(await refused(folder, 'copy', mysqlUrl(), target)).toContain('The source URL names no database.');
  expect(await refused(folder, 'copy', await mariadb(), target)).toMatch(/has no tables in the schema/);
  expect(await refused(folder, 'init', await postgres('select 1'), 'x')).toMatch(/has no tables in the schema public/);
  expect(await refused(folder, 'copy', 'jsonl:data', target)).toMatch(/names no database|made from a database/);
  expect(await refused(folder, 'copy', 'oracle://x/y', target)).toContain('No connector reads URLs that start with');
});

test('what is not a project, or is damaged, is named with what to do', async () => {
  const folder = await workFolder();
  await mkdir(join(folder, 'empty'));
  expect(await refused(folder, 'plan', 'empty')).toMatch(/is not a project: it has no generated\/project.json/);
  expect(await refused(folder, 'plan', 'missing')).toContain('There is no pipeline called missing.');
  expect(await refused(folder, 'pull', 'empty', '--source', 'mysql://a@b/c')).toMatch(/is not a project/);
  await mkdir(join(folder, 'odd/generated'), { recursive: true });
  await writeFile(join(folder, 'odd/generated/project.json'), '{');
  expect(await refused(folder, 'plan', 'odd')).toMatch(/project\.json cannot be read/);
});

test("a mistake in a project's TypeScript is reported with its file and line", async () => {
  const [folder, source] = [await workFolder(), await mariadb('create table t (id int primary key, n tinyint(1))')];
  expect((await waybill(folder, ['init', source, 'shop'])).code).toBe(0);
  const path = join(folder, 'shop/pipeline.ts');
  const text = (await readFile(path, 'utf8')).replace("'waybill'", `'${surface}'`);
  await writeFile(path, text.replace('mappings: []', 'mappings: [missing as unknown]'));
  expect(await refused(folder, 'plan', 'shop')).toMatch(
    /shop\/pipeline\.ts cannot be loaded, line \d+: ReferenceError/,
  );
  await writeFile(path, text.replace("names: 'same'", "names: () => 'one'"));
  const said = await refused(folder, 'pull', 'shop', '--source', source);
  expect(said).toMatch(/Columns of \w+\.t: id and n are both called one in the target\./);
});
