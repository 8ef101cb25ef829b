import { createInterface } from 'node:readline/promises';
import { parseAddress } from '../connectors/postgres/address.ts';
import { WaybillError } from '../core/model/errors.ts';
import { targetUrl } from './connections.ts';

/**
 * Confirms that the target may be written to. waybill writes to a database only if you also pass its name, with
 * `--target-database`, WAYBILL_TARGET_DATABASE, or at the terminal. Dry runs included. So a leftover URL does no harm.
 * @throws WaybillError 'target-unnamed' when no database is named, or another one.
 */
export async function confirmTarget(args: {
  readonly target?: string | undefined;
  readonly 'target-database'?: string | undefined;
}): Promise<void> {
  const url = targetUrl(args.target, process.env);
  if (!/^postgres(ql)?:/.test(url)) return; // opening it fails with the reason
  const { database, label } = parseAddress(url, 'target');
  const named = args['target-database'] || process.env.WAYBILL_TARGET_DATABASE || (await ask(label, database));
  if (named === database) return;
  const message =
    named === null
      ? `To write to ${label}, waybill also needs the name of the database.`
      : `You named the database ${named}, but the URL leads to ${label}.`;
  throw new WaybillError('target-unnamed', `${message} Nothing was done.`, {
    hint: `If that is the right database, add --target-database ${database}, or set WAYBILL_TARGET_DATABASE.`,
  });
}

/** Asks at the terminal; null when there is none. */
async function ask(label: string, database: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Write to ${label}? Type the name of the database, ${database}: `)).trim();
  } finally {
    terminal.close();
  }
}
