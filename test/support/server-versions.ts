import { inject } from 'vitest';

/** Whether the shared MySQL server is MariaDB. `npm run matrix` also runs tests with Oracle's. */
export const isMariadb = inject('mysqlProduct') === 'MariaDB';

/** The major version of the shared PostgreSQL server: 18, or others in `npm run matrix`. */
export const postgresMajor = inject('postgresMajor');
