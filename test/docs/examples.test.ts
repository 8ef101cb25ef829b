import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import * as geometryRules from '../../core/mapping/geometry-rules.ts';
import * as rules from '../../core/mapping/rules.ts';
import * as typedRules from '../../core/mapping/typed-rules.ts';
import { root } from './help-pages.ts';

const pages = ['docs/rules.md', 'docs/how-to/use-as-a-library.md'];
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The TypeScript of a page: one module for each block that imports, with the blocks after it. */
function modulesOf(page: string): Map<string, string> {
  const modules: string[] = [];
  for (const [, block = ''] of read(page).matchAll(/^```ts\n(.*?)^```$/gms)) {
    if (block.startsWith('import ')) modules.push(block);
    else modules.push(`${modules.pop() ?? ''}\n${block}`);
  }
  return new Map(modules.map((text, i) => [join(root, `${page.replace(/\W/g, '-')}-${i + 1}.ts`), text]));
}

/** The compiler's complaints about modules that exist only in memory. */
function problemsOf(modules: ReadonlyMap<string, string>): string[] {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const paths = {
    waybill: [join(root, 'public/index.ts')],
    'waybill/run': [join(root, 'public/run.ts')],
    'waybill/testing': [join(root, 'public/testing.ts')],
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => modules.get(path) ?? readFile(path);
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  const { getSourceFile } = host;
  host.getSourceFile = (path, version, ...rest) => {
    const text = modules.get(path);
    return text === undefined ? getSourceFile(path, version, ...rest) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram([...modules.keys()], { ...options, paths, noUnusedLocals: false }, host);
  return [...modules.keys()].flatMap((path) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(path))
      .map(
        ({ messageText }) => `${path.slice(root.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
      ),
  );
}

test('the examples of the pages compile', { timeout: 120_000 }, () => {
  const modules = new Map(pages.flatMap((page) => [...modulesOf(page)]));
  const wrong = join(root, 'wrong-example.ts');
  modules.set(wrong, "import { carry } from 'waybill';\ncarry(1);\n");
  expect(modules.size).toBeGreaterThan(3);
  const problems = problemsOf(modules);
  expect(problems.filter((text) => text.startsWith('wrong-example'))).toHaveLength(1);
  expect(problems.filter((text) => !text.startsWith('wrong-example'))).toEqual([]);
});

test('every rule has its signature, its options and an example', () => {
  const exported = Object.entries({ ...rules, ...typedRules, ...geometryRules });
  const names = exported.flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
  expect(names.length).toBeGreaterThan(20);
  const sections = new Map(
    read('docs/rules.md')
      .split(/^## /m)
      .map((section) => [section.split('\n')[0], section]),
  );
  const complete = names.filter((name) => {
    const section = sections.get(`\`${name}\``) ?? '';
    return section.includes(`\n\`${name}(`) && new RegExp(`^\`\`\`ts\\n(.*\\n)*?.*\\b${name}\\(`, 'm').test(section);
  });
  expect(complete).toEqual(names);
});
