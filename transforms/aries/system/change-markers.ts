import { carry, id, text } from '../../../public/index.ts';
import { lastUpdate, mapping, tenant } from '../mapping.ts';

/**
 * The last change of each table, for polling clients. SessionID refers to rows that are purged at any time, so it stays
 * the legacy number and is not a reference.
 */
export const changeMarkers = mapping({
  from: 'c01.tbl_changes',
  to: 'change_markers',
  columns: {
    tenant_id: tenant(),
    id: id('TableName', 'text'),
    table_name: text('TableName'),
    session_legacy_id: carry('SessionID'),
    ...lastUpdate,
  },
});
