import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { commands } from '../../cli/commands.ts';

export const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** `run <pipeline>` → `run` */
export const commandNames: readonly string[] = commands.map(({ command }) => String(command).split(' ')[0] as string);

/** What `waybill … --help` prints, asked of the sources so that nothing need be built. */
async function helpOf(args: readonly string[]): Promise<string> {
  const program = ['--import', 'tsx', join(root, 'cli/main.ts'), ...args, '--help'];
  const { stdout } = await run(process.execPath, program, { cwd: root, env: { ...process.env, LC_ALL: 'C' } });
  return stdout.trim();
}

/** `docs/cli.md`: the help of every command. */
export async function cliPage(): Promise<string> {
  const pages = await Promise.all([helpOf([]), ...commandNames.map((name) => helpOf([name]))]);
  const sections = pages.map((text, i) => {
    const title = i === 0 ? 'waybill' : `waybill ${commandNames[i - 1]}`;
    return `## ${title}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  return ['# Commands\n', introduction, ...sections].join('\n');
}

const introduction = `What \`--help\` prints; a test keeps this page equal to it (\`WAYBILL_UPDATE_DOCS=1 npx vitest run test/docs\` writes it again).
stdout is data, stderr is for people. How commands end is told in [errors.md](errors.md).
`;
