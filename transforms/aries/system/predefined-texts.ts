import { id, label, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

export const predefinedTexts = mapping({
  from: 'c01.tbl_predefinedtext',
  to: 'predefined_texts',
  columns: {
    tenant_id: tenant(),
    id: id('ID'),
    name: text('Name'),
    type: label('Type'),
    body: text('Text'),
    ...lastUpdate,
  },
});
