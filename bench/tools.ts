import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** The file of a program on PATH, or undefined. */
function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** Why a program cannot be used, or undefined when it is on PATH. */
export function whyMissing(program: string, install: string): string | undefined {
  return onPath(program) === undefined ? `${program} is not on PATH (${install})` : undefined;
}

/** The first match of a pattern in what a program says about its version; undefined when it does not run. */
export async function versionOf(program: string, pattern = /\d+(\.\d+)+\S*/): Promise<string | undefined> {
  const said = await promisify(execFile)(program, ['--version']).catch(() => undefined);
  return said === undefined ? undefined : pattern.exec(`${said.stdout}\n${said.stderr}`)?.[0];
}
