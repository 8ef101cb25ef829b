import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a program prints. @throws Error when it does not end with 0. */
export async function output(command: string, args: readonly string[], options: Options = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { maxBuffer: 1 << 26, ...options });
  return stdout.trim();
}

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Installs a package of npm into a folder of its own, without its scripts. Returns the package's folder. */
export async function install(name: string, version: string, folder: string): Promise<string> {
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await output('npm', ['install', ...quiet, '--prefix', folder, `${name}@${version}`]);
  return `${folder}/node_modules/${name}`;
}
