import { Buffer } from 'node:buffer';
import type { RowFormat } from '../../../core/model/encoded.ts';

/** What stands around the rows of a COPY, and what its statement says. */
export interface CopyFrame {
  readonly option: string;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** The signature of COPY BINARY, no flags, no extension; and a count of -1 fields. */
const binary: CopyFrame = {
  option: '(format binary)',
  head: Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1'),
  tail: Buffer.from([0xff, 0xff]),
};
const text: CopyFrame = { option: '(format text)', head: Buffer.alloc(0), tail: Buffer.alloc(0) };

export function frameOf({ name }: RowFormat): CopyFrame {
  return name === 'copy-binary' ? binary : text;
}
