/** The imports that a layer allows. A star matches one folder or file name, `$1` is the match of the first star. */
interface Layer {
  readonly files: string;
  readonly imports: readonly string[];
  /** A star allows any package. */
  readonly packages: readonly string[];
  /** Whether node:* may be imported. */
  readonly usesNode: boolean;
}

const pure = { packages: [], usesNode: false };
const onNode = { packages: [], usesNode: true };

/** The layer that every other layer may import. */
const core = ['core/'];

/** What pipelines are written with, in this repository as in a project outside it. */
const surface = 'public/index.ts';

/** What `storage/` offers to the layers that keep files. */
const storage = ['storage/'];

/** The engine's files that do not depend on a run: options, progress, failpoints. */
const engineBase = ['engine/failpoint.ts', 'engine/options.ts', 'engine/progress.ts', 'engine/assembly/'];

/** The files of a run in progress, including the journal. */
const engineRun = [
  ...engineBase,
  'engine/journal/',
  'engine/fingerprint.ts',
  'engine/surveys.ts',
  'engine/gather-winners.ts',
  'engine/requirements.ts',
  'engine/run-context.ts',
  'engine/resume-run.ts',
  'engine/blueprint-drift.ts',
  'engine/hooks.ts',
  'engine/schema-drift.ts',
  'engine/begin-run.ts',
];

/**
 * Imports run one way. Each layer imports only from layers above it in this list and from itself, and nothing imports cli. The
 * first layer that a file matches counts.
 */
const layers: readonly Layer[] = [
  { files: 'core/model/', imports: ['core/model/'], ...pure },
  { files: 'core/ports/', imports: ['core/model/', 'core/ports/'], ...pure },
  { files: 'core/mapping/convert/', imports: ['core/model/', 'core/mapping/convert/', 'core/mapping/ids/'], ...pure },
  { files: 'core/mapping/ids/', imports: ['core/model/', 'core/mapping/ids/'], ...pure },
  { files: 'core/mapping/plan/', imports: ['core/model/', 'core/ports/', 'core/mapping/'], ...pure },
  {
    files: 'core/mapping/*.ts',
    imports: ['core/model/', 'core/mapping/convert/', 'core/mapping/ids/', 'core/mapping/*.ts'],
    ...pure,
  },
  { files: 'core/validation/', imports: ['core/model/', 'core/ports/', 'core/mapping/', 'core/validation/'], ...pure },
  {
    files: 'core/inventory/',
    imports: ['core/model/', 'core/ports/', 'core/mapping/', 'core/validation/', 'core/inventory/'],
    ...pure,
  },
  { files: 'core/*.ts', imports: ['core/*.ts'], ...pure },
  { files: 'kernels/', imports: [...core, 'kernels/'], ...pure },
  { files: 'transforms/*/', imports: [surface, 'transforms/$1/'], ...pure },
  { files: 'pipelines/*/', imports: [surface, 'transforms/$1/', 'pipelines/$1/'], ...pure },
  { files: 'validators/index.ts', imports: [...core, 'validators/'], ...pure },
  {
    files: 'validators/rows/',
    imports: [...core, 'validators/rows/', 'validators/check-result.ts', 'validators/map-concurrent.ts'],
    ...pure,
  },
  {
    files: 'validators/references/',
    imports: [...core, 'validators/references/', 'validators/check-result.ts', 'validators/map-concurrent.ts'],
    ...pure,
  },
  { files: 'validators/', imports: [...core, 'validators/'], packages: ['zod'], usesNode: false },
  {
    files: 'reports/',
    imports: [...core, 'reports/'],
    packages: ['zod', 'preact', 'preact-render-to-string', '@observablehq/plot', 'linkedom'],
    usesNode: false,
  },
  { files: 'storage/', imports: [...core, 'storage/'], ...onNode },
  { files: 'connectors/registry.ts', imports: [...core, 'connectors/*/connector.ts'], ...pure },
  {
    files: 'connectors/*/',
    imports: [...core, ...storage, 'connectors/$1/', 'connectors/sql/'],
    packages: ['*'],
    usesNode: true,
  },
  { files: 'engine/failpoint.ts', imports: core, ...onNode },
  { files: 'engine/options.ts', imports: [...core, ...engineBase], ...onNode },
  { files: 'engine/progress.ts', imports: core, ...onNode },
  {
    files: 'engine/journal/',
    imports: [...core, ...storage, ...engineBase, 'engine/journal/'],
    packages: ['zod'],
    usesNode: true,
  },
  { files: 'engine/*.ts', imports: [...core, ...engineRun], ...onNode },
  { files: 'engine/parts/', imports: [...core, ...engineRun, 'engine/parts/'], packages: ['zod'], usesNode: true },
  {
    files: 'engine/stages/',
    imports: [...core, ...engineRun, 'engine/parts/', 'engine/stages/'],
    packages: ['zod'],
    usesNode: true,
  },
  {
    files: 'engine/rejects/',
    imports: [...core, ...engineRun, 'engine/parts/', 'engine/stages/', 'engine/rejects/'],
    ...onNode,
  },
  {
    files: 'engine/verify/',
    imports: [...core, ...storage, ...engineRun, 'engine/stages/', 'engine/verify/'],
    ...onNode,
  },
  { files: 'engine/cutover/', imports: [...core, ...engineRun, 'engine/cutover/'], ...onNode },
  { files: surface, imports: [...core, 'project/', 'validators/check-result.ts'], ...pure },
  {
    files: 'operations/',
    imports: [
      ...core,
      'connectors/registry.ts',
      'connectors/*/exported/directory-writer.ts',
      'connectors/*/address.ts',
      'engine/',
      'kernels/fast-path.ts',
      'project/read-project.ts',
      'reports/',
      'validators/',
      'operations/',
      surface,
    ],
    packages: ['jiti', 'zod'],
    usesNode: true,
  },
  { files: 'testing/', imports: [...core, 'engine/run-context.ts', 'operations/', 'testing/'], ...pure },
  {
    files: 'public/',
    imports: [...core, 'engine/', 'reports/', 'operations/', 'servers/', 'testing/', 'public/'],
    ...pure,
  },
  { files: 'project/', imports: [...core, ...storage, 'project/'], ...onNode },
  { files: 'servers/', imports: ['core/model/errors.ts', 'servers/'], ...onNode },
  {
    files: 'fixtures/',
    imports: [surface, 'fixtures/'],
    packages: ['@faker-js/faker', 'mysql2', 'pg', 'yargs'],
    usesNode: true,
  },
  {
    files: 'cli/metrics/',
    imports: [...core, 'engine/progress.ts', 'cli/metrics/'],
    packages: ['prom-client'],
    usesNode: true,
  },
  {
    files: 'cli/',
    imports: [
      ...core,
      'connectors/',
      'engine/',
      'operations/',
      'project/',
      'reports/',
      'servers/',
      'storage/',
      'validators/',
      'fixtures/',
      'cli/',
    ],
    packages: ['yargs'],
    usesNode: true,
  },
];

/** The shipped folders. */
export const shipped: readonly string[] = [...new Set(layers.map(({ files }) => files.split('/')[0] as string))];

/** One import of any kind. */
export interface Import {
  readonly from: string;
  /** A file, `node:fs`, or the name of a package. */
  readonly to: string;
  readonly kind: 'file' | 'node' | 'package' | 'unresolved';
}

/** Lists the imports that no layer allows, as `from → to`. */
export function violations(imports: readonly Import[]): string[] {
  return imports.filter((each) => !isAllowed(each)).map(({ from, to }) => `${from} → ${to}`);
}

function isAllowed({ from, to, kind }: Import): boolean {
  const layer = layers.find(({ files }) => matchOf(files, from) !== null);
  if (layer === undefined) return false;
  if (kind === 'node') return layer.usesNode;
  if (kind === 'package') return layer.packages.includes('*') || layer.packages.includes(to);
  const own = matchOf(layer.files, from)?.[1] ?? '';
  return kind === 'file' && layer.imports.some((pattern) => matchOf(pattern.replace('$1', own), to) !== null);
}

function matchOf(pattern: string, file: string): RegExpExecArray | null {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replace('*', '([^/]+)')}`).exec(file);
}
