import { shellQuote } from '../core/shell-quote.ts';

/**
 * Options that say where a command works, and the commands that take them, but for `transform`, which reads what was exported.
 * A test holds this to what they are made of.
 */
export const placeOptions = {
  source: 'plan run export validate',
  target: 'run import validate cutover rollback drop schema',
  'target-database': 'run import cutover rollback drop schema',
  'live-schema': 'cutover rollback drop',
  'runs-dir': 'run export transform import validate verify rejects report cutover rollback drop id demo',
} as const;

/** Arguments as they were parsed, by option. */
export type GivenArguments = Readonly<Record<string, unknown>>;

/** In a text for people a command stands at its end, or before a semicolon. */
const commands = /\bwaybill ([a-z]+) [^;\n]*/g;

/**
 * Adds to each command of a text what was typed to say where this one works, so that it can be typed as it stands:
 * `waybill rollback r1` → `waybill rollback r1 --runs-dir elsewhere`. Of a password only … is shown.
 */
export function nextCommand(text: string, given: GivenArguments): string {
  return text.replace(commands, (command, name: string) => {
    const added = Object.entries(placeOptions).flatMap(([option, takers]) => {
      if (!takers.split(' ').includes(name) || command.includes(`--${option} `)) return [];
      return valuesOf(option, given[option]).map((value) => `--${option} ${shellQuote(value)}`);
    });
    return [command, ...added].join(' ');
  });
}

function valuesOf(option: string, value: unknown): string[] {
  if (option === 'runs-dir' && value === '.waybill/runs') return [];
  const values = [value].flat().filter((each) => typeof each === 'string');
  return option === 'source' || option === 'target' ? values.map(withoutPassword) : values;
}

/** A URL without a scheme is not shown at all: what of it is a password cannot be told. */
function withoutPassword(url: string): string {
  if (!/^(\w+=)?(\w+:\/\/|jsonl?:|csv:)/.test(url)) return '…';
  return url.replace(/(:\/\/[^:@/]*):.*@/, '$1:…@').replace(/([?&][^=&]*password=)[^&]*/gi, '$1…');
}
