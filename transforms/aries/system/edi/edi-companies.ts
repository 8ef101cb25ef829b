import { carry, id, text } from '../../../../public/index.ts';
import { mapping } from '../../mapping.ts';

/** Keyed by name. */
export const ediCompanies = mapping({
  from: 'repository.tbl_companies',
  to: 'edi_companies',
  scope: 'shared',
  columns: {
    id: id('Name', 'text'),
    name: text('Name'),
    odbc_dsn: text('ODBCDSN'),
    server: text('Server'),
    port: carry('Port'),
    database_name: text('Database'),
  },
});
