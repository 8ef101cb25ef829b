import { readdir } from 'node:fs/promises';
import { WaybillError } from '../../../core/model/errors.ts';

/** A file `NNN.do.name.sql` of a folder of DDL. */
export interface VersionFile {
  readonly number: number;
  readonly name: string;
  readonly file: string;
}

/** Lists the versions of the DDL in order. @throws WaybillError 'configuration' when there is none. */
export async function versionFiles(directory: string): Promise<VersionFile[]> {
  const names = await readdir(directory).catch(() => []);
  const found = names.flatMap((file): VersionFile[] => {
    const [, number, name] = /^(\d+)\.do\.(.*)\.sql$/.exec(file) ?? [];
    return number === undefined || name === undefined ? [] : [{ number: Number(number), name, file }];
  });
  if (found.length > 0) return found.sort((a, b) => a.number - b.number);
  throw new WaybillError('configuration', `There is no DDL (001.do.name.sql) in ${directory}.`, {
    hint: "Name the folder with the DDL of the pipeline's target.",
  });
}

/** The SQL of a file without a byte order mark, its lines ended by line feeds. */
export function sqlOf(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
