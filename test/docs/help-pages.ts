import { resolve } from 'node:path';
import { vi } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { parserOf } from '../../cli/parser.ts';

export const root = resolve(import.meta.dirname, '../..');

/** `run <pipeline>` → `run` */
export const commandNames: readonly string[] = commands.map(({ command }) => String(command).split(' ')[0] as string);

/** Returns the output of `waybill … --help`, in this process, because starting one per page is slow. */
async function helpOf(args: readonly string[]): Promise<string> {
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  vi.stubEnv('LC_ALL', 'C');
  try {
    await parserOf([...args, '--help']).parseAsync();
    return printed.mock.calls.flat().join('\n').trim();
  } finally {
    vi.unstubAllEnvs();
    printed.mockRestore();
  }
}

/** Returns the text of `docs/cli.md`: the help of every command. */
export async function cliPage(): Promise<string> {
  let page = `# Commands\n\n${introduction}`;
  for (const name of ['', ...commandNames]) {
    const help = await helpOf(name === '' ? [] : [name]);
    page += `\n## ${`waybill ${name}`.trim()}\n\n\`\`\`text\n${help}\n\`\`\`\n`;
  }
  return page;
}

const introduction = `Reference. This page is the output of \`--help\`. A test compares them (\`WAYBILL_UPDATE_DOCS=1 npx vitest run test/docs\` writes it again).
stdout is data, stderr is for people. [errors.md](errors.md) lists how commands end.
`;
