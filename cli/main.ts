#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { hideBin } from 'yargs/helpers';
import { WaybillError } from '../core/model/errors.ts';
import { completionsOf } from './completion.ts';
import type { GivenArguments } from './next-command.ts';
import { reportError } from './output/report-error.ts';
import { parserOf } from './parser.ts';

// Rows become garbage soon after they are read. By default V8 lets the heap grow to four times the live data, and the young
// generation to 48 MB. With tighter limits it collects constantly. These values keep memory as flat as a heap that may grow
// by 60 %, and save a fifth of the process's CPU time.
for (const flag of ['--heap-growing-percent=200', '--semi-space-growth-factor=1', '--max-semi-space-size=4'])
  setFlagsFromString(flag);

// The reader of a pipe may close it early: `waybill report aries | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode);
});

let given: GivenArguments = {};
try {
  const [first, ...words] = hideBin(process.argv);
  if (first === '--complete') process.stdout.write((await completionsOf(words)).map((name) => `${name}\n`).join(''));
  else await runCommand(hideBin(process.argv));
} catch (error) {
  process.exitCode = reportError(error, given, {
    isVerbose: process.argv.includes('--verbose'),
    asJson: process.argv.includes('--json'),
  });
}

async function runCommand(args: readonly string[]): Promise<void> {
  loadEnvironment();
  await parserOf(args)
    .middleware((values) => {
      given = values;
    })
    .parseAsync();
}

/**
 * Loads the file `.env` of the working directory, if there is one. Variables that are set already keep their values.
 * @throws WaybillError 'configuration' when it cannot be read.
 */
function loadEnvironment(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    throw new WaybillError('configuration', 'The file .env cannot be read.', {
      hint: 'Make it a readable file with one NAME=value a line, or remove it.',
      cause,
    });
  }
}
