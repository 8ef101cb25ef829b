import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowRecord } from '../../core/model/records.ts';
import type { ReplayedRow } from '../../core/ports/replay.ts';
import { mappingFolder } from './run-folder.ts';

/** What replays have made of the records of one mapping. */
export interface Replays {
  /** Places of records that hold no more: the rejects, and adjustments that others have taken the place of. */
  readonly gone: readonly string[];
  /** Records that came instead. */
  readonly records: readonly RowRecord[];
}

/** Where they stand, inside the run folder. */
export function replaysFile(mapping: string): string {
  return `records/${mappingFolder(mapping)}/replayed.json`;
}

/** What the run folder says of a mapping; nothing when none of its rejects was replayed. */
export async function readReplays(recordsPath: string, mapping: string): Promise<Replays> {
  try {
    return JSON.parse(await readFile(join(recordsPath, '..', replaysFile(mapping)), 'utf8')) as Replays;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { gone: [], records: [] };
    throw error;
  }
}

/** What the run folder is to say of the replays of a mapping; empty when there were none. */
export function replaysText(replayed: readonly ReplayedRow[]): string {
  if (replayed.length === 0) return '';
  const notes = replayed.map(({ note }) => JSON.parse(note) as Replays);
  const all: Replays = { gone: notes.flatMap((n) => n.gone), records: notes.flatMap((n) => n.records) };
  return `${JSON.stringify(all)}\n`;
}
