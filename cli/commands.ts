import type { CommandModule } from 'yargs';
import { completionCommand } from './commands/completion.ts';
import { copyCommand } from './commands/copy.ts';
import { cutoverCommand } from './commands/cutover.ts';
import { demoCommand } from './commands/demo.ts';
import { dropCommand } from './commands/drop.ts';
import { exportCommand } from './commands/export.ts';
import { idCommand } from './commands/id.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { lineageCommand } from './commands/lineage.ts';
import { planCommand } from './commands/plan.ts';
import { pullCommand } from './commands/pull.ts';
import { rejectsCommand, rejectsSubcommands } from './commands/rejects.ts';
import { reportCommand } from './commands/report.ts';
import { rollbackCommand } from './commands/rollback.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { schemaCommand, schemaSubcommands } from './commands/schema.ts';
import { transformCommand } from './commands/transform.ts';
import { validateCommand } from './commands/validate.ts';
import { verifyCommand } from './commands/verify.ts';

/** Every command, in the order of `--help`. */
export const commands = [
  copyCommand,
  initCommand,
  pullCommand,
  planCommand,
  runCommand,
  exportCommand,
  transformCommand,
  importCommand,
  validateCommand,
  rejectsCommand,
  verifyCommand,
  reportCommand,
  runsCommand,
  cutoverCommand,
  rollbackCommand,
  dropCommand,
  schemaCommand,
  lineageCommand,
  idCommand,
  demoCommand,
  completionCommand,
] as unknown as readonly CommandModule[];

const subcommands: ReadonlyMap<CommandModule, readonly CommandModule[]> = new Map([
  [rejectsCommand, rejectsSubcommands],
  [schemaCommand, schemaSubcommands],
]);

/** A command that does something, as it is typed: `rejects`, `list` of `rejects list <pipeline>`. */
export interface CommandLine {
  readonly words: readonly string[];
  readonly line: string;
  readonly module: CommandModule;
}

/** Every command that does something. */
export const commandLines: readonly CommandLine[] = commands.flatMap((module) => {
  const below = subcommands.get(module);
  if (below === undefined) return [commandLine(String(module.command), module)];
  return below.map((each) => commandLine(`${module.command} ${each.command}`, each));
});

function commandLine(line: string, module: CommandModule): CommandLine {
  return { words: line.split(' ').filter((word) => /^\w/.test(word)), line, module };
}

/** The command that the words begin with, options apart; null where they name none, or only a group such as `rejects`. */
export function commandOf(args: readonly string[]): CommandLine | null {
  const given = args.filter((word) => !word.startsWith('-'));
  return commandLines.find(({ words }) => words.every((word, i) => given[i] === word)) ?? null;
}
