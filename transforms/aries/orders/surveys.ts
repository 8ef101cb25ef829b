import { id, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

/** Template is likely XML and stays text. */
export const surveys = mapping({
  from: 'c01.tbl_survey',
  to: 'surveys',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    description: text('Description'),
    template: text('Template'),
    ...lastUpdate,
  },
});
