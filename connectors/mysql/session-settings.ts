/** The longest silence that a server on Windows lets a session ask for: 24 days. */
const longestSeconds = 2_147_483;

/**
 * What a reading session is set to, one statement each: no sql_mode, so that zero dates compare and a backslash escapes; no
 * limit on rows, time or silence that an administrator may have set for everybody; sort keys longer than any primary key;
 * nothing can be written.
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

/** Settings that some versions do not know, and then do not need. */
export const versionSettings: readonly string[] = [
  'set session max_statement_time = 0',
  'set session max_execution_time = 0',
  'set session idle_transaction_timeout = 0',
  'set session idle_readonly_transaction_timeout = 0',
];
