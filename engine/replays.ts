import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowRecord } from '../core/records.ts';
import type { ReplayedRow } from '../core/replay.ts';
import { writeAtomically } from './atomic-file.ts';
import { folderOf } from './folder-of.ts';

/** What replays have made of the records of one mapping. */
export interface Replays {
  /** Places of records that hold no more: the rejects, and adjustments that others have taken the place of. */
  readonly gone: readonly string[];
  /** Records that came instead. */
  readonly records: readonly RowRecord[];
}

/** What the run folder says of a mapping; nothing when none of its rejects was replayed. */
export async function readReplays(recordsPath: string, mapping: string): Promise<Replays> {
  try {
    return JSON.parse(await readFile(pathOf(recordsPath, mapping), 'utf8')) as Replays;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { gone: [], records: [] };
    throw error;
  }
}

/** Writes down what the target remembers of the replays of a mapping, all of it anew. */
export async function keepReplays(
  recordsPath: string,
  mapping: string,
  replayed: readonly ReplayedRow[],
): Promise<void> {
  const path = pathOf(recordsPath, mapping);
  if (replayed.length === 0) return rm(path, { force: true });
  await mkdir(join(recordsPath, folderOf(mapping)), { recursive: true, mode: 0o700 });
  const notes = replayed.map(({ note }) => JSON.parse(note) as Replays);
  const all: Replays = { gone: notes.flatMap((n) => n.gone), records: notes.flatMap((n) => n.records) };
  await writeAtomically(path, [`${JSON.stringify(all)}\n`]);
}

function pathOf(recordsPath: string, mapping: string): string {
  return join(recordsPath, folderOf(mapping), 'replayed.json');
}
