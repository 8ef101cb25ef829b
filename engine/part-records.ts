import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WaybillError } from '../core/errors.ts';
import type { RowRecord } from '../core/records.ts';
import { diskError, renameDurably } from './atomic-file.ts';
import { failpoint } from './failpoint.ts';
import { linesOf } from './lines.ts';

const BUFFER_CHARS = 1 << 18;

/**
 * The records of one part, in one file of mode 0600. The file takes its name only in `keep`, before the part's commit, so
 * a part that is loaded has its records, and a part that is done again replaces them.
 */
export class PartRecords {
  private readonly path: string;
  private buffer = '';
  private file: FileHandle | null = null;
  private readonly folder: string;
  /** Records taken so far, of each kind. */
  readonly counts = { reject: 0, adjustment: 0, filter: 0 };

  /** @param name `000001`, `000001.load` or `settle`. */
  constructor(recordsPath: string, mapping: string, name: string) {
    this.folder = join(recordsPath, folderOf(mapping));
    this.path = join(this.folder, `${name}.jsonl`);
  }

  /** @throws WaybillError 'disk-full', as `keep` does. */
  async add(record: RowRecord): Promise<void> {
    this.counts[record.kind]++;
    this.buffer += `${JSON.stringify(record)}\n`;
    if (this.buffer.length > BUFFER_CHARS) await this.flush();
    failpoint('record-added');
  }

  /** Durable when it resolves; without a record, no file. */
  async keep(): Promise<void> {
    if (this.buffer !== '') await this.flush();
    if (this.file === null) return rm(this.path, { force: true });
    await this.file.sync();
    await this.file.close();
    this.file = null;
    failpoint('records-flushed');
    await renameDurably(`${this.path}.partial`, this.path);
  }

  /** Ends the records of a part that failed: kept when rejects are why, so that they can be looked at, else discarded. */
  async giveUp(error: unknown): Promise<void> {
    const isRejects = error instanceof WaybillError && error.code === 'too-many-rejects';
    await (isRejects ? this.keep() : this.discard());
  }

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

/** Where `PartRecords` keeps the records of a part, inside the run folder. */
export function recordsFile(mapping: string, name: string): string {
  return `records/${folderOf(mapping)}/${name}.jsonl`;
}

/** All records of a mapping, in part order. */
export async function* readRecords(recordsPath: string, mapping: string): AsyncGenerator<RowRecord> {
  const folder = join(recordsPath, folderOf(mapping));
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.filter((n) => n.endsWith('.jsonl')).sort()) {
    for await (const line of linesOf(join(folder, name))) yield JSON.parse(line) as RowRecord;
  }
}

/** `c01.tbl_customer > customers` → `customers.from.c01.tbl_customer`, which a file system takes. */
export function folderOf(mapping: string): string {
  const [from, to] = mapping.split(' > ');
  return `${to}.from.${from}`;
}
