import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from '../../core/check.ts';
import { readManifest } from '../../engine/manifest.ts';
import { freshDatabase } from '../databases.ts';
import { benchTables } from '../tables.ts';
import type { Bench, Variant } from '../variant.ts';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

/**
 * All was done and proved, or all that a part of the tables allows. 1 as well, since a part that holds both ends of a
 * relation misses the foreign key, which only a whole run builds; `unexpectedFailure` lets nothing else pass.
 */
const accepted = [0, 6, 1];
const expectedFailure = { check: 'foreign-keys', note: 'the target has no such foreign key' };

const work =
  'checks the source against its contract, maps the real columns (uuids, references, adjustments), loads into tables with primary keys and check constraints, writes ledger, digests and a record of every adjusted value, settles references, analyzes; validation is measured apart; foreign keys and secondary indexes are not built, since only some tables take part, and the run says so (exit 6, or 1 for the missing foreign keys)';

const direct: Flavour = { name: 'waybill', title: '**waybill run aries**', does: work, flags: [] };
const staged: Flavour = {
  name: 'waybill-staged',
  title: '**waybill run aries --staged --gzip**',
  does: 'the same by way of JSON Lines, source rows and target rows, both kept compressed on disk',
  flags: ['--staged', '--gzip'],
};

interface Flavour {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  readonly flags: readonly string[];
}

/** waybill itself, the built program, as a user runs it. */
export const waybill: readonly Variant[] = [direct, staged].map(({ flags, ...flavour }) => ({
  ...flavour,
  missing: async () => (existsSync(cli) ? undefined : 'dist/ is not built (npm run build)'),
  prepare: async (bench) => {
    await rm(runsDir(bench), { recursive: true, force: true });
    await freshDatabase(bench, 'waybill_bench');
  },
  command: async (bench) => ({ program: process.execPath, args: runArgs(bench, flags), accepted }),
  loaded: { database: 'waybill_bench', table: mappedName },
  fault: unexpectedFailure,
  apartSeconds: validationSeconds,
}));

function runArgs(bench: Bench, flags: readonly string[]): string[] {
  const servers = ['--source', bench.sourceUrl, '--target', bench.targetUrl('waybill_bench')];
  const tables = ['--tables', ...benchTables.map(({ source }) => `c01.${source}`)];
  return [cli, 'run', 'aries', ...servers, ...tables, '--runs-dir', runsDir(bench), '--quiet', ...flags];
}

function runsDir(bench: Bench): string {
  return path.join(bench.folder, 'runs');
}

function mappedName(source: string): string {
  return `aries.${benchTables.find((table) => table.source === source)?.mapped}`;
}

/** The first check that failed for another reason than that foreign keys are not there. */
async function unexpectedFailure(bench: Bench): Promise<string | undefined> {
  const text = await readFile(path.join(await runFolder(bench), 'report.json'), 'utf8');
  const { checks } = JSON.parse(text) as { readonly checks: readonly Check[] };
  const failed = checks.filter(({ verdict }) => verdict === 'fail');
  const found = failed.find(({ check, note }) => check !== expectedFailure.check || note !== expectedFailure.note);
  return found && `${found.check} of ${found.subject} failed`;
}

/** From the manifest of the run. */
async function validationSeconds(bench: Bench): Promise<number> {
  const folder = await runFolder(bench);
  const { stages } = await readManifest(folder, path.basename(folder));
  return stages.filter(({ stage }) => stage === 'validate').reduce((sum, { seconds }) => sum + seconds, 0);
}

/** `prepare` emptied the folder of runs, so there is one. */
async function runFolder(bench: Bench): Promise<string> {
  const [run = ''] = await readdir(runsDir(bench));
  return path.join(runsDir(bench), run);
}
