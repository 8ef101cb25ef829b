import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settledOf } from '../core/account.ts';
import type { PlannedMapping } from '../core/plan.ts';
import type { Settled, Target } from '../core/ports.ts';
import type { ReplayedRow } from '../core/replay.ts';
import { writeAtomically } from './atomic-file.ts';
import { countOfPart, countOfSettled, slotOf } from './event-counts.ts';
import type { EventCount } from './events.ts';
import { factsOfFile, factsOfText } from './file-facts.ts';
import { recordsFile } from './part-records.ts';
import { replaysFile, replaysText } from './replays.ts';
import type { RunContext } from './run-context.ts';
import { settledRecords } from './settle.ts';

type Context = Pick<RunContext, 'folder' | 'selected' | 'log'>;

/** A file of the run folder as it should be; empty: there should be none. */
interface DueFile {
  readonly path: string;
  readonly text: string;
}

/** Files that replays make anew; the report is no longer of all that was done. */
const remade = /^(records\/[^/]+\/(replayed\.json|settled\.jsonl)|report\..*)$/;

/**
 * Brings the run folder up to what the target remembers of replays: whatever was killed after its commit is caught up with
 * here. Done before records are read to prove or replay anything, and after each replay.
 * @returns whether the folder was behind.
 */
export async function rememberReplays(context: Context, target: Target): Promise<boolean> {
  const { folder, selected, log } = context;
  const replayed = await target.replayed(folder.run);
  if (replayed.length === 0) return false;
  const settled = await target.settle(folder.run, []);
  const files = selected.flatMap((planned) => dueFiles(context, planned, replayed, settled));
  if (await isUpToDate(context, files)) return false;
  await log.append('stage-begun', { stage: 'replay' }, [], remade);
  for (const file of files) await keep(join(folder.path, file.path), file.text);
  const counts = await countsOf(context, target, replayed, settled);
  await log.append(
    'replayed',
    { rows: replayed.length, counts },
    files.map(({ path }) => path),
  );
  return true;
}

function dueFiles(
  context: Context,
  planned: PlannedMapping,
  replayed: readonly ReplayedRow[],
  settled: readonly Settled[],
): readonly DueFile[] {
  const { name } = planned;
  const lines = settledRecords(context, planned, settled).map((record) => `${JSON.stringify(record)}\n`);
  return [
    { path: recordsFile(name, 'settled'), text: lines.join('') },
    { path: replaysFile(name), text: replaysText(replayed.filter(({ mapping }) => mapping === name)) },
  ];
}

async function isUpToDate({ folder, log }: Context, files: readonly DueFile[]): Promise<boolean> {
  for (const { path, text } of files) {
    const isKept = text === '' ? (await factsOfFile(folder.path, path)) === null : log.knows(factsOfText(path, text));
    if (!isKept) return false;
  }
  return true;
}

async function keep(path: string, text: string): Promise<void> {
  if (text === '') return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomically(path, [text]);
}

/** Of the parts that replays corrected, and of what is settled still. */
async function countsOf(
  { folder, selected, log }: Context,
  target: Target,
  replayed: readonly ReplayedRow[],
  settled: readonly Settled[],
): Promise<readonly EventCount[]> {
  const corrected = new Set(replayed.map(({ mapping, part }) => `${mapping} part ${part}`));
  const parts = (await target.ledger(folder.run)).filter((entry) => corrected.has(`${entry.mapping} ${slotOf(entry)}`));
  const counted = selected.filter(({ name }) => log.hasCounted(name, 'settled'));
  return [
    ...parts.map(countOfPart),
    ...counted.map((planned) => countOfSettled(planned.name, settledOf(planned, selected, settled))),
  ];
}
