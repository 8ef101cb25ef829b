import { startPostgres } from '../../servers/embedded-postgres.ts';
import { startMariadb } from './mariadb/mariadb.ts';

/**
 * A program that owns a server, for tests to kill: `server-owner.ts <kind> <dataDir or ''> <ending>`. It prints the
 * server as one JSON line and waits. With `exits` it ends by itself. With `handles` it treats SIGINT as a request to
 * finish.
 */
const [kind, dataDir, ending] = process.argv.slice(2);

const server = kind === 'mariadb' ? await startMariadb() : await startPostgres(dataDir ? { dataDir } : {});
console.log(JSON.stringify(server));

if (ending === 'handles')
  process.on('SIGINT', () => process.stdout.write('finishing\n', () => setTimeout(finish, 300)));
if (ending !== 'exits') setInterval(() => {}, 1000);

function finish(): void {
  process.exit(4);
}
