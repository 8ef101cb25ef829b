import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { runFolder } from '../../../engine/journal/run-folder.ts';
import { verifyRun } from '../../../engine/verify/verify-run.ts';
import { openDirectory } from '../../../operations/engine-options.ts';
import { parseReport } from '../../../reports/model.ts';
import { waybill, workFolder } from '../../support/cli.ts';
import { createPgDatabase, type TestDatabase } from '../../support/databases.ts';

const data = resolve(import.meta.dirname, '../../../fixtures/aries/data');

type Kind = 'manifest' | 'exported' | 'exports' | 'mapped' | 'outcomes' | 'records' | 'resolved';

/**
 * Two proved runs, made once per test file: r1, signed with own.key, and r2, not signed. Each test gets a copy of their
 * folders to tamper with. Both are loaded into one database: r1 into aries_next, r2 into the schema second.
 */
export class ProvedRuns {
  /** The folder with the copy. */
  here = '';
  /** The head hash that run r1 printed. */
  head = '';
  /** One file of run r1 for each kind. */
  files = {} as Readonly<Record<Kind, string>>;
  private original = '';
  private database: TestDatabase | null = null;

  constructor() {
    beforeAll(() => this.make());
    afterAll(() => this.database?.drop());
    beforeEach(async () => {
      this.here = await workFolder();
      await cp(this.original, this.here, { recursive: true });
      return () => rm(this.here, { recursive: true });
    });
  }

  /** URL of the database. */
  get url(): string {
    return this.database?.url ?? '';
  }

  /** Path of a file of a run. */
  at(path: string, run = 'r1'): string {
    return join(this.here, '.waybill/runs', run, path);
  }

  /** Runs `waybill verify`. */
  async verifyByCommand(...more: readonly string[]): Promise<Verified> {
    const { code, stdout, stderr } = await waybill(this.here, ['verify', 'r1', ...more]);
    return { code, output: stdout + stderr };
  }

  /** Does the same without a separate process, which is slow. */
  async verify(): Promise<Verified> {
    const folder = runFolder(join(this.here, '.waybill/runs'), 'r1');
    const result = await verifyRun({ folder, head: null, publicKey: null, openDirectory, parseReport });
    if (result.mismatch !== null) return { code: 1, output: `  ${result.mismatch}` };
    return result.isFinished ? { code: 0, output: 'INTACT' } : { code: 6, output: 'INCOMPLETE' };
  }

  /** Changes the lines of a file of run r1. */
  async lines(path: string, change: (lines: string[]) => string[]): Promise<void> {
    const text = await readFile(this.at(path), 'utf8');
    await writeFile(this.at(path), `${change(text.trimEnd().split('\n')).join('\n')}\n`);
  }

  private async make(): Promise<void> {
    this.original = await workFolder();
    this.database = await createPgDatabase();
    for (const name of ['own', 'other']) {
      const { privateKey, publicKey } = generateKeyPairSync('ed25519');
      await writeFile(join(this.original, `${name}.key`), privateKey.export({ format: 'pem', type: 'pkcs8' }));
      await writeFile(join(this.original, `${name}.pub`), publicKey.export({ format: 'pem', type: 'spki' }));
    }
    const ends = ['--source', `jsonl:${data}`, '--target', this.url, '--max-rejects', '100', '--quiet'];
    const run = ['run', 'aries', ...ends, '--staged', '--part-rows', '50'];
    const { stdout, stderr, code } = await waybill(this.original, [...run, '--run', 'r1', '--sign-key', 'own.key']);
    if (code !== 0) throw new Error(stderr);
    this.head = /^ *head +([\da-f]{64})$/m.exec(stdout)?.[1] ?? '';
    const second = await waybill(this.original, [...run, '--run', 'r2', '--target-schema', 'second']);
    if (second.code !== 0) throw new Error(second.stderr);
    this.files = await filesOf(join(this.original, '.waybill/runs/r1'));
  }
}

/** Exit code and output of `waybill verify`. */
interface Verified {
  readonly code: number | null;
  readonly output: string;
}

/** Ways to change the nth line. */
export const removed = (n: number) => (all: string[]) => all.toSpliced(n - 1, 1);
export const doubled = (n: number) => (all: string[]) => all.toSpliced(n, 0, all[n - 1] as string);
export const swapped = (n: number) => (all: string[]) =>
  all.toSpliced(n - 1, 2, all[n] as string, all[n - 1] as string);

async function filesOf(folder: string): Promise<ProvedRuns['files']> {
  const all = (await readdir(folder, { recursive: true })).sort();
  /** Finds the first file with at least this many lines. */
  const first = (pattern: RegExp, lines = 1): string => {
    const isLong = (path: string) => readFileSync(join(folder, path), 'utf8').split('\n').length > lines;
    const found = all.find((path) => pattern.test(path) && isLong(path));
    if (found === undefined) throw new Error(`no file ${pattern}`);
    return found;
  };
  return {
    manifest: 'manifest.json',
    exports: 'export/manifest.json',
    exported: first(/^export\/.*_customer\/000001\.jsonl$/),
    mapped: first(/^transform\/customers.*\/000001\.jsonl$/),
    outcomes: 'transform/outcomes.json',
    records: first(/^records\/.*\/000001\.jsonl$/, 3),
    resolved: first(/^records\/.*\/resolved\.jsonl$/),
  };
}
