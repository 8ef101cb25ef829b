import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { workFolder } from '../support/cli.ts';

const root = resolve(import.meta.dirname, '../..');

/** A block of the tutorial: a file to save, or a command with what it prints. */
type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command' | 'background'; readonly text: string; readonly output: string };

/** Reads the fenced blocks of the page. The output of a command is the block of plain text after it. */
function stepsOf(page: string): Step[] {
  const blocks = [...page.matchAll(/^```(\w+)(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, language, mark = '', text = '']) => ({
      ...{ language, mark, text },
    }),
  );
  return blocks.flatMap(({ language, mark, text }, i): Step[] => {
    if (mark.startsWith('file=')) return [{ kind: 'file', path: mark.slice('file='.length), text }];
    if (language !== 'sh') return [];
    const next = blocks[i + 1];
    const output = next?.language === 'text' ? next.text : '';
    return [{ kind: mark === 'background' ? 'background' : 'command', text: text.trim(), output }];
  });
}

/** `…` stands for any text in a line, and alone in a line for any lines. */
function patternOf(output: string): RegExp {
  const escaped = output.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/^…\n/gm, '(?:.*\\n)*').replaceAll('…', '.*')}$`);
}

/** Starts the server of the page. @returns the variables of the line that it prints. */
async function startInBackground(command: string, folder: string, output: string): Promise<Record<string, string>> {
  const child = spawn(command, {
    cwd: folder,
    shell: '/bin/bash',
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  onTestFinished(async () => {
    process.kill(-(child.pid as number), 'SIGTERM');
    await once(child, 'exit');
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect(`${line}\n`).toMatch(patternOf(output));
  return Object.fromEntries([...line.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
}

async function run(command: string, folder: string, env: NodeJS.ProcessEnv): Promise<{ code: number; output: string }> {
  const child = spawn(command, { cwd: folder, shell: '/bin/bash', stdio: ['ignore', 'pipe', 'pipe'], env });
  const texts: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => texts.push(text));
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: code === 0 ? texts.join('') : texts.join('') + complaint };
}

test('every command of the tutorial works and prints what the page says', async () => {
  const folder = await workFolder();
  // In place of `npm install`, which would need a published package.
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
  await symlink(root, join(folder, 'node_modules/waybill'));
  await symlink(join(root, 'node_modules/pg'), join(folder, 'node_modules/pg'));
  await symlink(join(root, 'dist/cli/main.js'), join(folder, 'node_modules/.bin/waybill'));
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
  const { WAYBILL_POSTGRES_URL: _, ...plain } = process.env;
  let env: NodeJS.ProcessEnv = { ...plain, NO_COLOR: '1' };
  const steps = stepsOf(await readFile(join(root, 'docs/tutorial.md'), 'utf8'));
  const ran: string[] = [];
  for (const step of steps) {
    if (step.kind === 'file') {
      await mkdir(dirname(join(folder, step.path)), { recursive: true });
      await writeFile(join(folder, step.path), step.text);
    } else if (step.kind === 'background') {
      env = { ...env, ...(await startInBackground(step.text, folder, step.output)) };
    } else if (!step.text.includes('npm install')) {
      const { code, output } = await run(step.text, folder, env);
      expect([step.text, code, code === 0 ? '' : output]).toEqual([step.text, 0, '']);
      expect(output, step.text).toMatch(patternOf(step.output));
      if (process.env.WAYBILL_SHOW_TUTORIAL !== undefined) process.stdout.write(`$ ${step.text}\n${output}\n`);
      ran.push(step.text);
    }
  }
  expect(ran.length).toBeGreaterThan(8);
});
