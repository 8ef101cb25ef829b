import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PlannedMapping } from '../../core/mapping/plan/plan.ts';
import type { ResolvedRow } from '../../core/ports/ledger.ts';
import type { ReplayedRow } from '../../core/ports/replay.ts';
import type { Target } from '../../core/ports/target.ts';
import { resolvedOf } from '../../core/validation/tally.ts';
import { countOfPart, countOfResolved, slotOf } from './event-counts.ts';
import type { EventCount } from './events.ts';
import { factsOfFile, factsOfText } from './file-facts.ts';
import type { JournalContext } from './journal-context.ts';
import { replaysFile, replaysText } from './replayed-records.ts';
import { resolvedRecords } from './resolved-records.ts';
import { recordsFile } from './row-records.ts';
import { writeRunFile } from './run-file.ts';

/** A file of the run folder as it should be. With an empty text, the file should not exist. */
interface DueFile {
  readonly path: string;
  readonly text: string;
}

/** Files that replays write again. The report is among them because it no longer covers everything. */
const remade = /^(records\/[^/]+\/(replayed\.json|resolved\.jsonl)|report\..*)$/;

/**
 * Writes the replays that the target has recorded into the run folder, for a replay that was killed after its commit too.
 * Called before records are read for validation or replay, and after each replay.
 * @returns whether the folder was out of date.
 */
export async function syncReplays(context: JournalContext, target: Target): Promise<boolean> {
  const { folder, selected, log } = context;
  const replayed = await target.replayed(folder.run);
  if (replayed.length === 0) return false;
  const resolved = await target.resolvedRows(folder.run);
  const files = selected.flatMap((planned) => dueFiles(context, planned, replayed, resolved));
  if (await isUpToDate(context, files)) return false;
  await log.append('stage-begun', { stage: 'replay' }, [], remade);
  for (const file of files) await keep(join(folder.path, file.path), file.text);
  const counts = await countsOf(context, target, replayed, resolved);
  await log.append(
    'replayed',
    { rows: replayed.length, counts },
    files.map(({ path }) => path),
  );
  return true;
}

function dueFiles(
  context: JournalContext,
  planned: PlannedMapping,
  replayed: readonly ReplayedRow[],
  resolved: readonly ResolvedRow[],
): readonly DueFile[] {
  const { name } = planned;
  const lines = resolvedRecords(context, planned, resolved).map((record) => `${JSON.stringify(record)}\n`);
  return [
    { path: recordsFile(name, 'resolved'), text: lines.join('') },
    { path: replaysFile(name), text: replaysText(replayed.filter(({ mapping }) => mapping === name)) },
  ];
}

async function isUpToDate({ folder, log }: JournalContext, files: readonly DueFile[]): Promise<boolean> {
  for (const { path, text } of files) {
    const isKept = text === '' ? (await factsOfFile(folder.path, path)) === null : log.knows(factsOfText(path, text));
    if (!isKept) return false;
  }
  return true;
}

async function keep(path: string, text: string): Promise<void> {
  if (text === '') return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeRunFile(path, [text]);
}

/** The new counts of the parts that replays corrected, and of the references that are still resolved. */
async function countsOf(
  { folder, selected, log }: JournalContext,
  target: Target,
  replayed: readonly ReplayedRow[],
  resolved: readonly ResolvedRow[],
): Promise<readonly EventCount[]> {
  const corrected = new Set(replayed.map(({ mapping, part }) => `${mapping} part ${part}`));
  const parts = (await target.ledger(folder.run)).filter((entry) => corrected.has(`${entry.mapping} ${slotOf(entry)}`));
  const counted = selected.filter(({ name }) => log.hasCounted(name, 'resolved'));
  return [
    ...parts.map(countOfPart),
    ...counted.map((planned) => countOfResolved(planned.name, resolvedOf(planned, resolved))),
  ];
}
