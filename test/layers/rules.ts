/** What the files of a layer may import; a star stands for one folder or file name, `$1` for what the first star took. */
interface Layer {
  readonly files: string;
  readonly imports: readonly string[];
  /** A star stands for any. */
  readonly packages: readonly string[];
  /** Whether node:* may be imported. */
  readonly usesNode: boolean;
}

/** Imports run one way: core ← everything, and nobody imports cli. The first layer that a file matches counts. */
const layers: readonly Layer[] = [
  { files: 'core/', imports: ['core/'], packages: [], usesNode: false },
  { files: 'kernels/', imports: ['core/', 'kernels/'], packages: [], usesNode: false },
  {
    files: 'transforms/*/',
    imports: ['core/', 'transforms/$1/', 'pipelines/$1/source/'],
    packages: [],
    usesNode: false,
  },
  {
    files: 'pipelines/*/',
    imports: ['core/', 'transforms/$1/', 'validators/', 'reports/', 'pipelines/$1/'],
    packages: [],
    usesNode: false,
  },
  { files: 'validators/', imports: ['core/', 'validators/'], packages: ['zod'], usesNode: false },
  {
    files: 'reports/',
    imports: ['core/', 'reports/'],
    packages: ['zod', 'preact', 'preact-render-to-string'],
    usesNode: false,
  },
  { files: 'connectors/registry.ts', imports: ['core/', 'connectors/*/connector.ts'], packages: [], usesNode: false },
  {
    files: 'connectors/*/',
    imports: ['core/', 'connectors/$1/'],
    packages: ['*'],
    usesNode: true,
  },
  { files: 'engine/', imports: ['core/', 'engine/'], packages: ['zod'], usesNode: true },
  {
    files: 'metrics/',
    imports: ['core/', 'engine/progress.ts', 'metrics/'],
    packages: ['prom-client'],
    usesNode: true,
  },
  { files: 'servers/', imports: ['core/errors.ts', 'servers/'], packages: [], usesNode: true },
  {
    files: 'fixtures/',
    imports: ['core/', 'fixtures/'],
    packages: ['@faker-js/faker', 'mysql2', 'pg', 'yargs'],
    usesNode: true,
  },
  {
    files: 'cli/',
    imports: [
      'core/',
      'connectors/',
      'engine/',
      'metrics/',
      'kernels/',
      'pipelines/',
      'reports/',
      'servers/',
      'validators/',
      'fixtures/',
      'cli/',
    ],
    packages: ['yargs', 'zod'],
    usesNode: true,
  },
];

/** The folders that are shipped. */
export const shipped: readonly string[] = [...new Set(layers.map(({ files }) => files.split('/')[0] as string))];

/** One import, by whatever keyword. */
export interface Import {
  readonly from: string;
  /** A file, `node:fs`, or the name of a package. */
  readonly to: string;
  readonly kind: 'file' | 'node' | 'package' | 'unresolved';
}

/** The imports that no layer allows, as `from → to`. */
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
