import { readFile, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';
import { expect, test } from 'vitest';
import { scanModule } from '../../connectors/files/exported/scan/scan-module.ts';
import { siphashModule } from '../../engine/parts/hashes/siphash-module.ts';
import { xxh64Module } from '../../engine/parts/hashes/xxh64-module.ts';
import { kernelsModule } from '../../kernels/kernels-module.ts';

const root = new URL('../../', import.meta.url);

const imported = ['--importMemory', '--noExportMemory'];

/** The modules that run as WebAssembly, each with the base64 file that is shipped. */
const modules = [
  { source: 'engine/assembly/xxh64.ts', file: 'engine/parts/hashes/xxh64-module.ts', shipped: xxh64Module, memory: [] },
  {
    source: 'engine/assembly/siphash.ts',
    file: 'engine/parts/hashes/siphash-module.ts',
    shipped: siphashModule,
    memory: [],
  },
  { source: 'kernels/assembly/encode.ts', file: 'kernels/kernels-module.ts', shipped: kernelsModule, memory: imported },
  {
    source: 'connectors/files/exported/scan/assembly/scan.ts',
    file: 'connectors/files/exported/scan/scan-module.ts',
    shipped: scanModule,
    memory: imported,
  },
];

/** No allocation and no exceptions. The caller lays out the memory. */
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--baseDir', root.pathname];

async function compiled(source: string, memory: readonly string[]): Promise<string> {
  let binary = new Uint8Array();
  const { error, stderr } = await asc.main([source, ...options, ...memory, '--outFile', 'module.wasm'], {
    readFile: (name) => readFile(new URL(name, root), 'utf8').catch(() => null),
    writeFile: (_name, contents) => {
      binary = Uint8Array.from(contents as Uint8Array);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  expect(stderr.toString(), 'no warnings').toBe('');
  return Buffer.from(binary).toString('base64');
}

test.each(modules)('$file is the compiled $source', async ({ source, file, shipped, memory }) => {
  const module = await compiled(source, memory);
  if (process.env.WAYBILL_UPDATE_ASSEMBLY !== undefined) {
    const path = new URL(file, root);
    await writeFile(path, (await readFile(path, 'utf8')).replace(/'[^']*';/, `'${module}';`));
  }
  expect(module).toBe(shipped);
});
