import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillError } from '../../core/model/errors.ts';
import type { RowRecord } from '../../core/model/records.ts';
import { renameDurably } from '../../storage/atomic-file.ts';
import { readLines } from '../../storage/read-lines.ts';
import { failpoint } from '../failpoint.ts';
import { readReplays } from './replayed-records.ts';
import { diskError } from './run-file.ts';
import { mappingFolder } from './run-folder.ts';

const BUFFER_CHARS = 1 << 18;

/**
 * The records of one part, in one file of mode 0600. `keep` gives the file its name before the part is committed. So a loaded
 * part always has its records, and a part that is loaded again replaces them.
 */
export class RowRecords {
  private readonly path: string;
  private buffer = '';
  private file: FileHandle | null = null;
  private readonly folder: string;
  /** Records so far, by kind. */
  readonly counts = { reject: 0, adjustment: 0, filter: 0 };

  /** @param name `000001`, `000001.load` or `resolve`. */
  constructor(recordsPath: string, mapping: string, name: string) {
    this.folder = join(recordsPath, mappingFolder(mapping));
    this.path = join(this.folder, `${name}.jsonl`);
  }

  /**
   * Adds a record.
   * @throws WaybillError 'disk-full', as `keep` does.
   */
  async add(record: RowRecord): Promise<void> {
    this.counts[record.kind]++;
    this.buffer += `${JSON.stringify(record)}\n`;
    if (this.buffer.length > BUFFER_CHARS) await this.flush();
    failpoint('record-added');
  }

  /** Makes the records durable under the file's name. Without records, no file is left. */
  async keep(): Promise<void> {
    if (this.buffer !== '') await this.flush();
    if (this.file === null) return rm(this.path, { force: true });
    await this.file.sync();
    await this.file.close();
    this.file = null;
    failpoint('records-flushed');
    await renameDurably(`${this.path}.partial`, this.path);
  }

  /** Ends the records of a failed part. They are kept for inspection if a reject limit was exceeded, otherwise discarded. */
  async giveUp(error: unknown): Promise<void> {
    const isRejects = error instanceof WaybillError && error.code === 'too-many-rejects';
    await (isRejects ? this.keep() : this.discard());
  }

  /** Removes the records that were not kept. */
  async discard(): Promise<void> {
    await this.file?.close();
    this.file = null;
    this.buffer = '';
    await rm(`${this.path}.partial`, { force: true });
  }

  private async flush(): Promise<void> {
    try {
      if (this.file === null) {
        await mkdir(this.folder, { recursive: true, mode: 0o700 });
        this.file = await open(`${this.path}.partial`, 'w', 0o600);
      }
      const text = this.buffer;
      this.buffer = '';
      await this.file.writeFile(text);
    } catch (cause) {
      throw diskError(this.path, cause);
    }
  }
}

/** Path of a part's records inside the run folder. */
export function recordsFile(mapping: string, name: string): string {
  return `records/${mappingFolder(mapping)}/${name}.jsonl`;
}

/** A record and its place in the run folder: `000001:17` (file and line), or `resolved id=…` for a resolved row. */
export interface PlacedRecord {
  readonly place: string;
  readonly record: RowRecord;
  /** Whether a replay voided the record. */
  readonly isVoid: boolean;
}

/** Reads all records of a mapping as they were first kept, in part order, without those that replays added. */
export async function* readPlaced(recordsPath: string, mapping: string): AsyncGenerator<PlacedRecord> {
  const folder = join(recordsPath, mappingFolder(mapping));
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const gone = new Set((await readReplays(recordsPath, mapping)).gone);
  for (const name of names.filter((n) => n.endsWith('.jsonl')).sort()) {
    const file = name.replace('.jsonl', '');
    let number = 0;
    for await (const line of readLines(join(folder, name))) {
      number++;
      const record = JSON.parse(line) as RowRecord;
      const place = file === 'resolved' ? `resolved ${record.key}` : `${file}:${number}`;
      const isVoid = record.kind === 'reject' || file !== 'resolved' ? gone.has(place) : false;
      yield { place, record, isVoid };
    }
  }
}

/** Reads the valid records of a mapping in part order; those that replays added come last. */
export async function* readRecords(recordsPath: string, mapping: string): AsyncGenerator<RowRecord> {
  for await (const { record, isVoid } of readPlaced(recordsPath, mapping)) if (!isVoid) yield record;
  yield* (await readReplays(recordsPath, mapping)).records;
}
