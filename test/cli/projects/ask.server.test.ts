import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { main, workFolder } from '../../support/cli.ts';
import { postgres } from '../../support/live-databases.ts';

/** Types each answer at a terminal when its question is there. Returns the exit code and all that the terminal showed. */
async function atTerminal(
  folder: string,
  command: string,
  answers: readonly (readonly [question: string, answer: string])[],
): Promise<{ readonly code: number | null; readonly shown: string }> {
  // `script` is a part of every Debian and gives its command a terminal.
  const child = spawn('script', ['-qefc', command, '/dev/null'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
  const left = [...answers];
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
    const [next] = left;
    if (next === undefined || !shown.includes(next[0])) return;
    left.shift();
    child.stdin.write(`${next[1]}\n`);
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail);
    child.once('close', done);
  });
  return { code, shown };
}

test('init asks at a terminal for what is missing, and an empty answer takes what is proposed', async () => {
  const source = await postgres(
    'create schema shop; create table shop.t (id int primary key); create table shop.empty ()',
  );
  const folder = await workFolder();
  const init = `'${process.execPath}' '${main}' init`;
  const asked = await atTerminal(folder, init, [
    ['URL of the source database', `${source}?schema=shop`],
    ['Folder of the project [shop]', ''],
  ]);
  expect([asked.code, existsSync(join(folder, 'shop/pipeline.ts'))]).toEqual([0, true]);
  expect(asked.shown).toContain('table shop.empty: it has no columns, so its rows hold nothing');
  const nothing = await atTerminal(folder, init, [['URL of the source database', '']]);
  expect(nothing.code).toBe(2);
  expect(nothing.shown).toContain('The URL of a source database is missing.');
});
