import { carry, derive, firstOf, firstOfEach, ref, utc, uuid } from '../../../public/index.ts';
import { mapping, survey, text, unknown } from '../mapping.ts';

const resourceUris = survey({
  name: 'resource-uris',
  from: 'public.server_resources',
  ...firstOfEach({
    reads: ['server_id', 'uri_template', 'created_at', 'id'],
    key: ({ server_id, uri_template }) => JSON.stringify([server_id, uri_template]),
    order: ['created_at', 'id'],
  }),
});

/** A server has one resource per URI: the oldest. A resource without a name gets its URI as the name. */
export const mcpResource = mapping({
  from: 'public.server_resources',
  to: 'mcp_resource',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    uri: firstOf(resourceUris, carry('uri_template')),
    name: derive(['name', 'uri_template'], text, (r) => r.name ?? r.uri_template, { mayBeNull: false }),
    description: carry('description'),
    mime_type: carry('mime_type'),
    size: carry('avg_size_bytes'),
    content_type: unknown(),
    access_count: carry('total_accesses'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
});
