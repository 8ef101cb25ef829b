import { DatabaseError } from 'pg';
import { type ErrorCode, WaybillError } from '../../core/model/errors.ts';
import type { Refusal } from '../../core/ports/ledger.ts';
import type { PostgresAddress } from './address.ts';

/**
 * The one place where a driver error becomes a `WaybillError` or a `Refusal`. PostgreSQL's DETAIL and the messages of its data
 * error classes contain cell values, so sentences are built from the SQLSTATE and from names.
 */

/** The SQLSTATE of a server error; undefined for any other error. */
export function sqlstateOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** Classes of errors that concern the run: connection, transaction rollback, resources, operator intervention, system. */
export const runClasses: readonly string[] = ['08', '40', '53', '57', '58'];
/** Further errors that concern the run: a lock that was not released in time, a corrupted table or index. */
export const runStates: readonly string[] = ['55P03', 'XX001', 'XX002'];

/** Errors in the COPY data that waybill encoded. They never reject a row. */
const encodingStates = new Set(['22P03', '22P04']);

/** The function of PostgreSQL in which a RAISE of PL/pgSQL fails, whatever its SQLSTATE. */
const raised = 'exec_stmt_raise';

/** The refusal of a row that may have caused an error; null when the error concerns the run. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof DatabaseError) || error.code === undefined) return null;
  if (error.routine !== raised && concernsRun(error.code)) return null;
  return { sqlstate: error.code, constraint: error.constraint ?? null, column: error.column ?? null };
}

function concernsRun(state: string): boolean {
  return runClasses.includes(state.slice(0, 2)) || runStates.includes(state) || encodingStates.has(state);
}

/** Wraps the error of an operation (`doing`: "load customers"). A `WaybillError` stays as it is. */
export function wrapped(error: unknown, address: PostgresAddress, doing: string): WaybillError {
  if (error instanceof WaybillError) return error;
  const { side, label } = address;
  if (!(error instanceof DatabaseError) || error.code === undefined) {
    return new WaybillError(
      `${side}-interrupted`,
      `The connection to ${label} broke while waybill tried to ${doing}.`,
      {
        hint: 'Check that the server runs and can be reached, then resume.',
        cause: error,
        reason: 'lost',
      },
    );
  }
  const { code, hint } = kindOfState(error.code, side, hintOfMemory(error, address));
  const reason = error.code;
  return new WaybillError(code, `${label} did not ${doing}: ${sentence(error)}.`, { hint, cause: error, reason });
}

/** Wraps an error of connecting. */
export function wrappedConnect(error: unknown, address: PostgresAddress): WaybillError {
  const { side, label, database } = address;
  const state = sqlstateOf(error);
  const { code, message } = error as NodeJS.ErrnoException;
  // Without a password, the driver itself fails when the server asks for one.
  if (state?.startsWith('28') || (state === undefined && /^SASL|password/i.test(message ?? ''))) {
    return new WaybillError(
      `${side}-refused-login`,
      `${label} refused the login (${state === undefined ? 'it asks for a password' : `SQLSTATE ${state}`}).`,
      {
        hint: 'Correct user and password in the URL, or let the server accept this user from here (pg_hba.conf).',
        cause: error,
      },
    );
  }
  if (state === '3D000') {
    return new WaybillError(`${side}-unavailable`, `There is no database "${database}" at ${label}.`, {
      hint: 'Create it, or name another database in the URL.',
      cause: error,
    });
  }
  const reason = state === undefined ? (code ?? message ?? 'no reason given') : `SQLSTATE ${state}`;
  return new WaybillError(`${side}-unavailable`, `No connection to ${label}: ${reason}.`, {
    hint:
      state === undefined ? hintOfConnect(`${code ?? ''} ${message ?? ''}`) : hintOfInterruption(state, outOfMemory),
    cause: error,
    reason: state ?? 'lost',
  });
}

function hintOfConnect(text: string): string {
  if (/SSL|TLS|CERT|self.signed/i.test(text)) {
    return 'Give the server a certificate that verifies, name its authority with sslrootcert=, or add sslmode=disable.';
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return 'Correct the host name in the URL.';
  return 'Start the server, or correct the host and port in the URL.';
}

interface StateKind {
  readonly code: ErrorCode;
  readonly hint: string;
}

function kindOfState(state: string, side: PostgresAddress['side'], ofMemory: string): StateKind {
  const kind = `${state.slice(0, 2)}`;
  if (['08', '40', '53', '57', '58'].includes(kind) || state === '55P03') {
    return { code: `${side}-interrupted`, hint: hintOfInterruption(state, ofMemory) };
  }
  if (side === 'target') return { code: 'target-refused', hint: hintOfRefusal(state) };
  if (state === '42P01' || state === '3F000') {
    return { code: 'source-missing-table', hint: 'Correct the contract or the name of the live schema.' };
  }
  if (state === '42501') return { code: 'source-refused-login', hint: 'Grant the user select on it and bypassrls.' };
  return { code: 'source-interrupted', hint: 'Read the cause with --verbose.' };
}

/** @param ofMemory the hint for a server that is out of memory. */
function hintOfInterruption(state: string, ofMemory: string): string {
  if (state === '53100') return 'Free disk space on the server, then resume.';
  if (state === '53200') return ofMemory;
  if (state === '53300') return 'Raise max_connections on the server or close other sessions, then resume.';
  if (state === '55P03') return 'End the session that holds the lock, then resume.';
  return 'Read the log of the server, then resume.';
}

/** Whether a server had no memory left, also none for a lock. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof WaybillError && error.reason === '53200';
}

const outOfMemory = 'Free memory on the server, or lower its work_mem and maintenance_work_mem, then resume.';

/** A server that ran out of locks gets this many times its present setting. */
const MORE_LOCKS = 4;

/** A server that is out of memory, or out of locks: then its own hint, in any language, names the setting. */
function hintOfMemory({ hint = '' }: DatabaseError, { locksPerTransaction = 64 }: PostgresAddress): string {
  if (!hint.includes('max_locks_per_transaction')) return outOfMemory;
  return hintOfLocks(MORE_LOCKS * locksPerTransaction, 'resume');
}

/** What raises the number of locks of a server, which reads the setting only when it starts. */
export function hintOfLocks(wanted: number, then: string): string {
  return `As a superuser of that server run: alter system set max_locks_per_transaction = ${wanted}; Restart the server, then ${then}.`;
}

function hintOfRefusal(state: string): string {
  if (state === '25006') return 'Use a primary that accepts writes, and a user without default_transaction_read_only.';
  if (state === '42501') return 'Grant the user the right, or use the owner of the schema.';
  if (state === '42704' || state === '42883')
    return 'Correct the DDL. Write the schema of an extension in front of what it brings, as in public.citext.';
  if (state.startsWith('23'))
    return 'Find the rows that violate it, correct the mapping or the policy, then start a new run.';
  return 'Correct the DDL or the mapping, then resume.';
}

/** Classes whose messages name objects and settings, never cell values. */
const namingClasses = new Set(['08', '0A', '25', '28', '2B', '3D', '3F', '40', '42', '53', '55', '57']);

/** The server's error without cell values: `SQLSTATE 23505 (table customers, constraint customers_pkey)`. */
function sentence(error: DatabaseError): string {
  const state = error.code ?? 'unknown';
  const names = [
    error.table === undefined ? '' : `table ${error.table}`,
    error.column === undefined ? '' : `column ${error.column}`,
    error.constraint === undefined ? '' : `constraint ${error.constraint}`,
  ].filter((name) => name !== '');
  const where = names.length === 0 ? '' : ` (${names.join(', ')})`;
  const words = namingClasses.has(state.slice(0, 2)) ? `, ${error.message}` : '';
  return `SQLSTATE ${state}${where}${words}`;
}
