import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { kinds } from '../../../core/model/schema.ts';
import { damaged, notJson, systemCode } from '../fault.ts';
import { readFault } from '../file-bytes.ts';

/** The file that makes a directory a finished export. */
export const exportManifestFile = 'manifest.json';

const keyText = z.array(z.string()).readonly().nullable();

const part = z.strictObject({
  number: z.int().positive(),
  after: keyText,
  upTo: keyText,
  /** Path inside the directory, with `/`; it never leads out of it. */
  file: z.string().regex(/^(?!\/)(?!(?:.*\/)?\.\.?(?:\/|$))[^\\\0]+$/),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[\da-f]{64}$/),
});

const column = z.strictObject({
  name: z.string(),
  kind: z.enum(kinds),
  native: z.string(),
  nullable: z.boolean(),
  length: z.int().optional(),
  precision: z.int().optional(),
  scale: z.int().optional(),
  labels: z.array(z.string()).readonly().optional(),
});

const table = z.strictObject({
  name: z.string().min(1),
  columns: z.array(column).readonly(),
  key: z.array(z.string()).readonly(),
  unique: z.array(z.array(z.string()).readonly()).readonly(),
  parts: z.array(part).readonly(),
});

const sequence = z.strictObject({
  name: z.string(),
  next: z.string().nullable(),
  increment: z.string(),
  cycles: z.boolean(),
  columns: z.array(z.strictObject({ table: z.string(), column: z.string() })).readonly(),
});

const body = z.strictObject({
  waybill: z.literal(1),
  format: z.literal('jsonl'),
  snapshot: z.strictObject({ isConsistent: z.boolean(), note: z.string() }),
  /** The sequences of the source; absent where it did not know them. */
  sequences: z.array(sequence).readonly().optional(),
  tables: z.array(table).readonly(),
});

const manifest = body.extend({ sha256: z.string() });

/** The content of an exported directory: `manifest.json` (`docs/formats.md`) without its own checksum. */
export type ExportManifest = z.infer<typeof body>;
export type ExportedTable = ExportManifest['tables'][number];
export type ExportedColumn = ExportedTable['columns'][number];
export type ExportedPart = ExportedTable['parts'][number];

/** Makes the text of manifest.json. The same manifest always gives the same text. */
export function exportManifestText(content: ExportManifest): string {
  return `${JSON.stringify({ ...content, sha256: digestOf(content) }, null, 2)}\n`;
}

/** Hashes the compact JSON of everything except the checksum itself. */
function digestOf(content: ExportManifest): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/**
 * Reads a directory's manifest; null when there is none.
 * @throws WaybillError 'not-json' | 'part-damaged' when it was changed since it was written.
 */
export async function readExportManifest(directory: string): Promise<ExportManifest | null> {
  const text = await manifestBytes(directory);
  return text === null ? null : parseManifest(text);
}

async function manifestBytes(directory: string): Promise<string | null> {
  try {
    return await readFile(join(directory, exportManifestFile), 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return null;
    throw readFault(exportManifestFile, error);
  }
}

/** @throws as `readExportManifest` does. */
function parseManifest(text: string): ExportManifest {
  const parsed = manifest.safeParse(parseJson(text));
  if (!parsed.success)
    throw damaged(exportManifestFile, `"${faultyPath(parsed.error)}" is not as format version 1 has it`);
  const { sha256, ...content } = parsed.data;
  if (sha256 !== digestOf(content)) throw damaged(exportManifestFile, 'its checksum does not match: it was changed');
  for (const each of content.tables) checkNumbers(each);
  checkOnce(
    'table',
    content.tables.map(({ name }) => name),
  );
  checkOnce(
    'file',
    content.tables.flatMap(({ parts }) => parts.map(({ file }) => file)),
  );
  for (const { name, columns } of content.tables)
    checkOnce(
      `column of ${name}`,
      columns.map((column) => column.name),
    );
  return content;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notJson(exportManifestFile, 'line 1', 'and what follows are not JSON');
  }
}

function faultyPath(error: z.ZodError): string {
  return error.issues[0]?.path.join('.') ?? '';
}

/** Checks that parts are numbered from 1 without a gap, so that a missing one is noticed. */
function checkNumbers(each: ExportedTable): void {
  const gap = each.parts.findIndex((one, i) => one.number !== i + 1);
  if (gap >= 0) throw damaged(exportManifestFile, `${each.name} has no part ${gap + 1} in its place`);
}

/** Checks that no name is listed twice: a reader would take one of the two entries and lose the rows of the other. */
function checkOnce(what: string, names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw damaged(exportManifestFile, `the ${what} ${twice} is listed twice`);
}
