import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cyclesIn } from './cycles.ts';
import { importsOf } from './imports.ts';
import { type Import, shipped, violations } from './rules.ts';
import { codeOf, sourceFiles } from './source-files.ts';

const root = resolve(import.meta.dirname, '../..');
const seen = await importsOf(root);
const files = sourceFiles(root);

describe('the import scan', () => {
  test('saw every shipped TypeScript file', () => {
    expect(seen.modules.length).toBeGreaterThanOrEqual(50);
    expect(seen.modules).toEqual(files.map((file) => file.path));
  });

  test('saw imports in every layer', () => {
    const importing = new Set(seen.imports.map(({ from }) => from.split('/')[0]));
    for (const { path } of files) expect(importing).toContain(path.split('/')[0]);
    expect(seen.imports.length).toBeGreaterThan(500);
  });

  test('sees planted imports: by value, by type, dynamic, in an inline type', async () => {
    const folder = await planted({
      'core/pure.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
      'core/typed.ts': "import type { Client } from 'pg';\nexport type C = Client;\n",
      'core/inline.ts': "export type C = import('pg').Client;\n",
      'engine/lazy.ts': "export const load = () => import('../connectors/mysql/source.ts');\n",
      'engine/again.ts': "export { reads } from '../connectors/mysql/source.ts';\n",
      'connectors/mysql/source.ts': 'export const reads = 1;\n',
      'connectors/postgres/source.ts': "import '../mysql/source.ts';\n",
      'validators/gone.ts': "import './missing.ts';\n",
    });
    const found = await importsOf(folder, ['core', 'engine', 'connectors', 'validators']);
    expect(violations(found.imports).sort()).toEqual([
      'connectors/postgres/source.ts → connectors/mysql/source.ts',
      'core/inline.ts → pg',
      'core/pure.ts → node:fs',
      'core/typed.ts → pg',
      'engine/again.ts → connectors/mysql/source.ts',
      'engine/lazy.ts → connectors/mysql/source.ts',
      'validators/gone.ts → ./missing.ts',
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('imports run one way', () => {
  test('in all shipped files', () => expect(violations(seen.imports)).toEqual([]));

  const file = (from: string, to: string): Import => ({ from, to, kind: 'file' });

  test.each([
    file('core/mapping/plan/plan.ts', 'engine/stages/run.ts'),
    file('core/mapping/plan/plan.ts', 'connectors/postgres/types.ts'),
    file('core/mapping/plan/plan.ts', 'core/validation/validator.ts'),
    file('core/mapping/rules.ts', 'core/mapping/plan/plan.ts'),
    file('core/mapping/convert/text.ts', 'core/mapping/rules.ts'),
    file('core/model/value.ts', 'core/ports/source.ts'),
    file('core/ports/source.ts', 'core/mapping/mapping.ts'),
    file('core/mapping/plan/plan.ts', 'kernels/fast-path.ts'),
    file('engine/stages/run.ts', 'kernels/fast-path.ts'),
    file('engine/options.ts', 'engine/run-context.ts'),
    file('engine/journal/manifest.ts', 'engine/run-context.ts'),
    file('engine/parts/run-part.ts', 'engine/stages/load.ts'),
    file('engine/stages/load.ts', 'engine/rejects/replay-run.ts'),
    file('engine/cutover/cutover.ts', 'engine/stages/run.ts'),
    file('kernels/fast-path.ts', 'connectors/postgres/types.ts'),
    file('transforms/aries/orders/orders.ts', 'pipelines/aries/target.ts'),
    file('transforms/aries/orders/orders.ts', 'transforms/other/mapping.ts'),
    file('pipelines/aries/pipeline.ts', 'pipelines/other/pipeline.ts'),
    file('pipelines/aries/pipeline.ts', 'engine/stages/run.ts'),
    file('pipelines/aries/pipeline.ts', 'core/model/value.ts'),
    file('pipelines/aries/pipeline.ts', 'public/run.ts'),
    file('transforms/aries/mapping.ts', 'core/mapping/rules.ts'),
    file('fixtures/aries/text.ts', 'core/mapping/ids/entity-ids.ts'),
    file('public/index.ts', 'engine/stages/run.ts'),
    file('public/index.ts', 'operations/run.ts'),
    file('public/run.ts', 'cli/signals.ts'),
    file('testing/map-row.ts', 'connectors/registry.ts'),
    file('operations/run.ts', 'testing/map-row.ts'),
    file('operations/run.ts', 'cli/signals.ts'),
    file('operations/run.ts', 'public/run.ts'),
    file('operations/run.ts', 'connectors/mysql/source.ts'),
    file('engine/stages/run.ts', 'operations/run.ts'),
    file('validators/counts.ts', 'reports/model.ts'),
    file('validators/rows/differences.ts', 'validators/checksums.ts'),
    file('reports/model.ts', 'validators/counts.ts'),
    file('engine/stages/run.ts', 'reports/model.ts'),
    file('engine/stages/run.ts', 'connectors/registry.ts'),
    file('engine/stages/run.ts', 'validators/index.ts'),
    file('engine/stages/run.ts', 'cli/main.ts'),
    file('connectors/registry.ts', 'connectors/mysql/source.ts'),
    file('connectors/mysql/source.ts', 'connectors/postgres/source.ts'),
    file('connectors/mysql/source.ts', 'engine/stages/run.ts'),
    file('cli/metrics/run-metrics.ts', 'engine/stages/run.ts'),
    file('servers/launch.ts', 'core/mapping/plan/plan.ts'),
    file('servers/launch.ts', 'connectors/mysql/source.ts'),
    file('fixtures/aries/write.ts', 'servers/launch.ts'),
    file('elsewhere/new.ts', 'core/mapping/plan/plan.ts'),
  ])('$from may not import $to', (each) => expect(violations([each])).toHaveLength(1));

  test.each([
    { from: 'core/mapping/plan/plan.ts', to: 'node:fs', kind: 'node' },
    { from: 'core/mapping/plan/plan.ts', to: 'zod', kind: 'package' },
    { from: 'kernels/text.ts', to: 'node:buffer', kind: 'node' },
    { from: 'transforms/aries/mapping.ts', to: 'zod', kind: 'package' },
    { from: 'validators/counts.ts', to: 'node:fs', kind: 'node' },
    { from: 'validators/counts.ts', to: 'preact', kind: 'package' },
    { from: 'reports/html-report.ts', to: 'node:fs', kind: 'node' },
    { from: 'engine/stages/run.ts', to: 'pg', kind: 'package' },
    { from: 'engine/stages/run.ts', to: 'yargs', kind: 'package' },
    { from: 'cli/signals.ts', to: 'prom-client', kind: 'package' },
  ] satisfies Import[])('$from may not import $to', (each) => expect(violations([each])).toHaveLength(1));
});

describe('import cycles', () => {
  test('there are none, type imports and tests included', async () => {
    const all = await importsOf(root, [...shipped, 'test', 'bench']);
    expect(all.modules.length).toBeGreaterThan(seen.modules.length);
    expect(cyclesIn(all.imports)).toEqual([]);
  });

  test('are found where planted: by type, across three files, in one file', async () => {
    const folder = await planted({
      'core/one.ts': "import type { Two } from './two.ts';\nexport type One = Two;\n",
      'core/two.ts': "export type Two = import('./three.ts').Three;\n",
      'core/three.ts': "import type { One } from './one.ts';\nexport type Three = One[];\n",
      'core/self.ts': "import { self as other } from './self.ts';\nexport const self: unknown = () => other;\n",
      'core/free.ts': "import type { One } from './one.ts';\nexport type Free = One;\n",
    });
    const found = await importsOf(folder, ['core']);
    expect(cyclesIn(found.imports)).toEqual([['core/one.ts', 'core/three.ts', 'core/two.ts'], ['core/self.ts']]);
    await rm(folder, { recursive: true });
  });
});

describe('a driver', () => {
  /** What connectors import beyond what other layers use as well. */
  const drivers = new Set(
    seen.imports
      .filter(({ from, to, kind }) => kind === 'package' && from.startsWith('connectors/') && to !== 'zod')
      .map(({ to }) => to),
  );

  test('is found among the packages that connectors import', () => {
    for (const driver of ['mysql2', 'pg', 'pg-copy-streams', 'postgrator']) expect(drivers).toContain(driver);
  });

  test.each([...drivers].sort())('%s is named in the folder of one connector only', (driver) => {
    const name = new RegExp(`['"\`]${driver}(/[^'"\`]*)?['"\`]`);
    const naming = files.filter((file) => !file.path.startsWith('fixtures/') && name.test(codeOf(file)));
    const folders = new Set(naming.map(({ path }) => path.split('/').slice(0, 2).join('/')));
    expect([...folders]).toEqual([expect.stringMatching(/^connectors\/[^/]+$/)]);
  });
});

test.each(['core', 'kernels'])('%s is pure: it uses no clock, no randomness and nothing of node', (layer) => {
  const impure = /\b(new Date\b|Date\.now|performance\b|Math\.random|crypto\b|process\b|Buffer\b|setTimeout|fetch\()/;
  const found = files.filter(({ path }) => path.startsWith(`${layer}/`)).filter((file) => impure.test(codeOf(file)));
  expect(found.map(({ path }) => path)).toEqual([]);
});

/** Makes a separate root with these files and the packages of this one. */
async function planted(contents: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-layers-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module", "dependencies": { "pg": "*" } }');
  for (const [path, text] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
