import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RowRecord } from '../../core/model/records.ts';
import type { ReplayedRow } from '../../core/ports/replay.ts';
import { mappingFolder } from './run-folder.ts';

/** How replays changed the records of one mapping. */
export interface Replays {
  /** Places of the records that no longer count: replayed rejects, and adjustments that new ones replaced. */
  readonly gone: readonly string[];
  /** Records that replaced them. */
  readonly records: readonly RowRecord[];
}

/** Path of a mapping's replays inside the run folder. */
export function replaysFile(mapping: string): string {
  return `records/${mappingFolder(mapping)}/replayed.json`;
}

/** Reads the replays of a mapping from the run folder; empty when none of its rejects was replayed. */
export async function readReplays(recordsPath: string, mapping: string): Promise<Replays> {
  try {
    return JSON.parse(await readFile(join(recordsPath, '..', replaysFile(mapping)), 'utf8')) as Replays;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { gone: [], records: [] };
    throw error;
  }
}

/** Formats the replays of a mapping for the run folder; empty when there were none. */
export function replaysText(replayed: readonly ReplayedRow[]): string {
  if (replayed.length === 0) return '';
  const notes = replayed.map(({ note }) => JSON.parse(note) as Replays);
  const all: Replays = { gone: notes.flatMap((n) => n.gone), records: notes.flatMap((n) => n.records) };
  return `${JSON.stringify(all)}\n`;
}
