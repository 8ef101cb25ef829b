import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** Finds a program on PATH; undefined when there is none. */
function onPath(program: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((file) => existsSync(file));
}

/** Explains why a program cannot be used; undefined when it is on PATH. */
export function whyMissing(program: string, install: string): string | undefined {
  return onPath(program) === undefined ? `${program} is not on PATH (${install})` : undefined;
}

/** Returns the first match of a pattern in a program's version output; undefined when it does not run. */
export async function versionOf(program: string, pattern = /\d+(\.\d+)+\S*/): Promise<string | undefined> {
  const said = await promisify(execFile)(program, ['--version']).catch(() => undefined);
  return said === undefined ? undefined : pattern.exec(`${said.stdout}\n${said.stderr}`)?.[0];
}
