import { hostname, userInfo } from 'node:os';
import type { RunCommand } from '../../core/model/run-command.ts';
import { shellQuote } from '../../core/shell-quote.ts';
import type { EngineArguments, LoadOptions, OperatorOptions } from '../options.ts';
import { version } from '../package-root.ts';

/** The options that decide how rows are processed, as they are typed. */
const recorded = {
  staged: 'staged',
  dryRun: 'dry-run',
  strict: 'strict',
  maxRejects: 'max-rejects',
  checkRows: 'check-rows',
  partRows: 'part-rows',
  jobs: 'jobs',
  idleTimeout: 'idle-timeout',
  reference: 'reference',
  gzip: 'gzip',
} as const satisfies { readonly [K in keyof (EngineArguments & LoadOptions)]?: string };

type RecordedOptions = Pick<EngineArguments & LoadOptions, keyof typeof recorded>;

/** What a run records of the command that works on it. It holds no password. */
export function runCommandOf(options: OperatorOptions & RecordedOptions): RunCommand {
  return {
    operator: operatorOf(options.operator),
    host: hostname(),
    command: options.commandLine === undefined ? null : commandText(options.commandLine),
    waybill: version,
    node: process.versions.node,
    settings: settingsOf(options),
  };
}

function operatorOf(given: string | undefined): RunCommand['operator'] {
  if (given !== undefined && given.trim() !== '') return { name: given, from: 'option' };
  try {
    return { name: userInfo().username, from: 'login' };
  } catch {
    return null; // This user has no entry in the system's list of users, as in some containers.
  }
}

function settingsOf(options: RecordedOptions): Record<string, string> {
  const given = Object.entries(recorded).flatMap(([name, typed]) => {
    const value = options[name as keyof typeof recorded];
    return value === undefined || [value].flat().length === 0 ? [] : [[typed, settingText(value)] as const];
  });
  return Object.fromEntries(given);
}

function settingText(value: boolean | number | string | readonly string[]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return [value].flat().join(', ');
}

/** Writes a command line as it was typed, except that URLs lose everything that could hold a secret. */
export function commandText(words: readonly string[]): string {
  return ['waybill', ...words.map((word) => shellQuote(withoutSecrets(word)))].join(' ');
}

const network = /^((?:--[\w-]+=)?(?:\w+=)?)([a-z][a-z+]*:\/\/.*)$/is;

/** `c01=mysql://me:secret@host/db?ssl=1` → `c01=mysql://host/db`; a word that holds a URL in any other way is left out. */
function withoutSecrets(word: string): string {
  if (/passw/i.test(word)) return '…';
  if (!word.includes('://')) return word;
  const [, before = '', url = ''] = network.exec(word) ?? [];
  return `${before}${placeOf(url)}`;
}

/** Server and database of a URL. An `@` anywhere but before the host could belong to a password, so such a URL is left out. */
function placeOf(url: string): string {
  const [, server = ''] = /^[^:]+:\/\/([^/?#]*)/.exec(url) ?? [];
  const isCertain = url.split('@').length - 1 === (server.includes('@') ? 1 : 0) && URL.canParse(url);
  if (!isCertain) return '…';
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
