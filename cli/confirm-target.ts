import { createInterface } from 'node:readline/promises';
import { parseAddress } from '../connectors/postgres/address.ts';
import { WaybillError } from '../core/model/errors.ts';
import { targetUrl } from './connections.ts';

/**
 * A database is written to only when it is named as well: by `--target-database`, by WAYBILL_TARGET_DATABASE, or by whoever
 * sits at the terminal. So a URL that was left over from yesterday does no harm.
 * @throws WaybillError 'target-unnamed' when it is not, or when another one is.
 */
export async function confirmTarget(args: {
  readonly target?: string | undefined;
  readonly 'target-database'?: string | undefined;
}): Promise<void> {
  const url = targetUrl(args.target, process.env);
  if (!/^postgres(ql)?:/.test(url)) return; // nothing is written there; whoever opens it says why
  const { database, label } = parseAddress(url, 'target');
  const named = args['target-database'] || process.env.WAYBILL_TARGET_DATABASE || (await ask(label, database));
  if (named === database) return;
  const message =
    named === null
      ? `${label} would be written to.`
      : `The database ${named} was named, and the URL leads to ${label}.`;
  throw new WaybillError('target-unnamed', `${message} Nothing was done.`, {
    hint: `If that is the one, name it: --target-database ${database}, or set WAYBILL_TARGET_DATABASE.`,
  });
}

/** Null where nobody can be asked. */
async function ask(label: string, database: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Write to ${label}? Type the name of the database, ${database}: `)).trim();
  } finally {
    terminal.close();
  }
}
