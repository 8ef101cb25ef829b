import { cruise, type ICruiseResult, type IDependency } from 'dependency-cruiser';
import { type Import, shipped } from './rules.ts';

/** The result of dependency-cruiser: every module and its imports, including type-only and dynamic ones. */
export interface Seen {
  readonly modules: readonly string[];
  readonly imports: readonly Import[];
}

/** Scans the shipped folders of a root. Without a parser, dependency-cruiser finds nothing and reports no error. */
export async function importsOf(root: string, folders: readonly string[] = shipped): Promise<Seen> {
  const options = { baseDir: root, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } };
  const { output } = await cruise([...folders], options);
  const modules = (output as ICruiseResult).modules.filter(({ source }) =>
    folders.some((f) => source.startsWith(`${f}/`)),
  );
  return {
    modules: modules.map(({ source }) => source).sort(),
    imports: modules.flatMap(({ source, dependencies }) => dependencies.map((each) => importOf(source, each))),
  };
}

function importOf(
  from: string,
  { module, resolved, coreModule, couldNotResolve, dependencyTypes }: IDependency,
): Import {
  if (coreModule) return { from, to: `node:${resolved}`, kind: 'node' };
  if (couldNotResolve) return { from, to: module, kind: 'unresolved' };
  if (dependencyTypes.some((type) => type.startsWith('npm'))) return { from, to: packageOf(module), kind: 'package' };
  return { from, to: resolved, kind: 'file' };
}

/** `yargs/helpers` → `yargs`, `@faker-js/faker/locale/en` → `@faker-js/faker` */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
