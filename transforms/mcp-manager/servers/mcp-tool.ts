import { carry, firstOf, firstOfEach, ref, utc, uuid } from '../../../public/index.ts';
import { mapping, statistic, survey } from '../mapping.ts';

const toolNames = survey({
  name: 'tool-names',
  from: 'public.server_tools',
  ...firstOfEach({
    reads: ['server_id', 'name', 'created_at', 'id'],
    key: ({ server_id, name }) => JSON.stringify([server_id, name]),
    order: ['created_at', 'id'],
  }),
});

/** A server has one tool per name: the oldest. */
export const mcpTool = mapping({
  from: 'public.server_tools',
  to: 'mcp_tool',
  columns: {
    id: uuid('id'),
    server_id: ref('mcp_server', 'server_id', { orphan: 'reject' }),
    name: firstOf(toolNames, carry('name')),
    description: carry('description'),
    input_schema: carry('tool_schema'),
    tags: carry('tags'),
    call_count: carry('total_calls'),
    error_count: carry('error_count'),
    avg_execution_time: statistic('avg_execution_time'),
    created_at: utc('created_at'),
    updated_at: utc('updated_at'),
  },
  drops: { success_count: 'the target computes it as calls minus errors' },
});
