import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';
import { completionCommand } from '../../../cli/commands/completion.ts';
import { completionsOf } from '../../../cli/completion.ts';

const pipelines = ['aries', 'marketplace', 'mcp-manager', 'modernize'];

async function runsFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-completion-'));
  for (const run of ['march', 'may']) {
    await mkdir(join(folder, run));
    await writeFile(join(folder, run, 'manifest.json'), '{}');
  }
  return folder;
}

describe('the words that a shell is offered', () => {
  test.each<[typed: readonly string[], offered: readonly string[]]>([
    [['ro'], ['rollback']],
    [['sch'], ['schema']],
    [
      ['schema', ''],
      ['up', 'down', 'status', 'diff'],
    ],
    [['rejects', 're'], ['replay']],
    [['run', ''], pipelines],
    [['run', '--quiet', 'ma'], ['marketplace']],
    [['demo', 'mo'], ['modernize']],
    [['run', 'aries', '--max'], ['--max-rejects']],
    [['cutover', 'r1', '--keep'], ['--keep-unmanaged']],
    [['rejects', 'show', 'aries', '--show'], ['--show-values']],
    [['nothing', 'x'], []],
  ])('%j', async (typed, offered) => {
    expect(await completionsOf(typed)).toEqual(offered);
  });

  test('are the ids of the runs where a run is wanted', async () => {
    const folder = await runsFolder();
    expect(await completionsOf(['drop', '--runs-dir', folder, ''])).toEqual([]);
    expect(await completionsOf(['report', 'aries', '--runs-dir', folder, '--run', 'mar'])).toEqual(['march']);
  });
});

test('bash offers them', async () => {
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  completionCommand.handler({ shell: 'bash', _: [], $0: '' });
  write.mockRestore();
  const folder = await mkdtemp(join(tmpdir(), 'waybill-completion-'));
  // It prints the words that it was called with, as the program would print names.
  await writeFile(join(folder, 'waybill'), '#!/bin/sh\nshift; echo "ask-$#-$1"; echo other\n', { mode: 0o755 });
  const script = `${printed.join('')}\nCOMP_WORDS=(waybill run as); COMP_CWORD=2; _waybill; echo "\${COMPREPLY[@]}"`;
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { env });
  expect(stdout).toBe('ask-2-run\n');
});
