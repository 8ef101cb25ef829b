/** The longest timeout that a session can set on a Windows server: 24 days. */
const longestSeconds = 2_147_483;

/**
 * The settings of a reading session, one statement each. No sql_mode: zero dates compare and a backslash escapes. No limits
 * on rows, time or idleness that an administrator set globally. Sort keys longer than any primary key. Read only.
 */
export const commonSettings: readonly string[] = [
  'set names utf8mb4',
  "set session sql_mode = ''",
  "set session time_zone = '+00:00'",
  'set session sql_select_limit = 18446744073709551615',
  'set session sql_big_selects = 1',
  'set session sql_auto_is_null = 0',
  'set session max_sort_length = 4096',
  'set session sort_buffer_size = 16777216',
  `set session wait_timeout = ${longestSeconds}`,
  `set session net_read_timeout = ${longestSeconds}`,
  `set session net_write_timeout = ${longestSeconds}`,
  'set session transaction isolation level repeatable read',
  'set session transaction read only',
];

/** Settings that some server versions lack, and then do not need. */
export const versionSettings: readonly string[] = [
  'set session max_statement_time = 0',
  'set session max_execution_time = 0',
  'set session idle_transaction_timeout = 0',
  'set session idle_readonly_transaction_timeout = 0',
  // A system-versioned table shows its current rows.
  'set session system_versioning_asof = default',
  // MySQL 8 shows auto-increment counters that are up to a day old otherwise.
  'set session information_schema_stats_expiry = 0',
];
