import { id, text } from '../../../public/index.ts';
import { mapping, tenant } from '../mapping.ts';

/** Keyed by code; the code '' is a legal key. */
export const signatureTypes = mapping({
  from: 'c01.tbl_signaturetype',
  to: 'signature_types',
  columns: {
    tenant_id: tenant(),
    id: id('Code', 'text'),
    code: text('Code'),
    description: text('Description'),
  },
});
