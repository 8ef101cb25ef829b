import { parseAddress } from '../connectors/postgres/address.ts';
import { WaybillError } from '../core/model/errors.ts';
import { targetUrl } from './connections.ts';
import type { Environment, TargetOptions } from './options.ts';

/** Asks a person for the name of the database to write to; null when nobody can be asked. */
export type AskDatabase = (label: string, database: string) => Promise<string | null>;

/**
 * Confirms that the target may be written to. waybill writes to a database only if its name is given too, by the option
 * `targetDatabase`, WAYBILL_TARGET_DATABASE, or a person who is asked. Dry runs included. So a leftover URL does no harm.
 * @throws WaybillError 'target-unnamed' when no database is named, or another one.
 */
export async function confirmTarget(
  { target, targetDatabase, environment = {} }: TargetOptions & { readonly environment?: Environment | undefined },
  ask: AskDatabase = async () => null,
): Promise<void> {
  const url = targetUrl(target, environment);
  if (!isPostgres(url)) return; // opening it fails with the reason
  const { database, label } = parseAddress(url, 'target');
  const named = targetDatabase || environment.WAYBILL_TARGET_DATABASE || (await ask(label, database));
  if (named === database) return;
  const message =
    named === null
      ? `To write to ${label}, waybill also needs the name of the database.`
      : `You named the database ${named}, but the URL leads to ${label}.`;
  throw new WaybillError('target-unnamed', `${message} Nothing was done.`, {
    hint: `If that is the right database, add --target-database ${database}, or set WAYBILL_TARGET_DATABASE.`,
  });
}

/** The database that a URL leads to; undefined for a URL of something else than PostgreSQL. */
export function databaseOf(url: string): string | undefined {
  return isPostgres(url) ? parseAddress(url, 'target').database : undefined;
}

function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}
