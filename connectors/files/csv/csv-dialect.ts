import { WaybillError } from '../../../core/model/errors.ts';

/** How CSV files are written; the query of a `csv:` URL. */
export interface CsvDialect {
  /** One ASCII character. */
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Text of an unquoted field that means NULL. */
  readonly null: string;
}

const encodings = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

const known = ['delimiter', 'encoding', 'null'];

/**
 * `csv:export?delimiter=;&null=\N` → the path and the dialect. Values are percent-decoded, the path is not. A `+`
 * is itself. Defaults: a comma, UTF-8, and the empty unquoted field for NULL.
 * @throws WaybillError 'configuration' when an option is unknown, repeated, or has an invalid value.
 */
export function parseCsvPlace(place: string): { readonly path: string; readonly dialect: CsvDialect } {
  const mark = place.indexOf('?');
  if (mark < 0) return { path: place, dialect: { delimiter: ',', encoding: 'utf-8', null: '' } };
  const query = new URLSearchParams(place.slice(mark + 1).replaceAll('+', '%2B'));
  for (const name of query.keys()) {
    if (!known.includes(name)) throw refused(`csv: has no option "${name}"`, `Use ${known.join(', ')}.`);
    if (query.getAll(name).length > 1) throw refused(`The option "${name}" of csv: is given twice`, 'Give it once.');
  }
  return {
    path: place.slice(0, mark),
    dialect: {
      delimiter: delimiterOf(query.get('delimiter') ?? ','),
      encoding: encodingOf(query.get('encoding') ?? 'utf-8'),
      null: query.get('null') ?? '',
    },
  };
}

function delimiterOf(text: string): string {
  if (/^[\t\x20-\x7e]$/.test(text) && text !== '"') return text;
  throw refused('The delimiter of csv: is not one ASCII character', 'Give delimiter=; or delimiter=%09 for a tab.');
}

function encodingOf(text: string): Encoding {
  const found = encodings.find((encoding) => encoding === text.toLowerCase());
  if (found !== undefined) return found;
  throw refused('The encoding of csv: is not known', `Use ${encodings.join(' or ')}, or convert the files to UTF-8.`);
}

function refused(what: string, hint: string): WaybillError {
  return new WaybillError('configuration', `${what}.`, { hint });
}
