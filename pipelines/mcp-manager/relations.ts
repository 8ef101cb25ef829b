import type { Relation } from '../../public/index.ts';

/** A relation that the target enforces. Both sides read `child(column) > parent(column)`. */
function enforced(source: string, target: string, why = declared): Relation {
  return { ...sideOf(`public.${source}`, 'public.'), decision: 'foreign-key', none: [], target: sideOf(target), why };
}

/** A relation that is checked on both sides; the target declares no foreign key for it. */
function checked(source: string, target: string, why: string): Relation {
  return { ...sideOf(`public.${source}`, 'public.'), decision: 'lookup', none: [], target: sideOf(target), why };
}

function sideOf(text: string, schema = ''): Pick<Relation, 'child' | 'columns' | 'parent' | 'parentColumns'> {
  const match = /^(\S+)\((\w+)\) > (\S+)\((\w+)\)$/.exec(text);
  if (match === null) throw new Error(`not a relation: ${text}`);
  const [, child, column, parent, parentColumn] = match as unknown as [string, string, string, string, string];
  return { child, columns: [column], parent: schema + parent, parentColumns: [parentColumn] };
}

const declared = 'declared on both sides';
const undeclared = 'the target declares none; a row whose parent is missing is rejected';
const outlives = 'a log row outlives its parent, and the target declares none';
const named = 'implied by the column name; neither side declares it';

/** The decision on every relation of the source. Each line has the source side first, then the target side. */
// biome-ignore format: one relation a line
export const relations: readonly Relation[] = [
  checked('users(tenant_id) > tenants(id)', 'user(tenant_id) > tenant(id)', undeclared),
  enforced('users(id) > users(id)', 'account(user_id) > user(id)', 'the account that a user is split into'),
  enforced('sessions(user_id) > users(id)', 'session(user_id) > user(id)'),
  enforced('sessions(user_id) > users(id)', 'sessions(user_id) > user(id)'),
  checked('api_keys(user_id) > users(id)', 'api_token(user_id) > user(id)', undeclared),
  checked('api_keys(tenant_id) > tenants(id)', 'api_token(tenant_id) > tenant(id)', undeclared),
  enforced('enhanced_api_keys(user_id) > users(id)', 'enhanced_api_keys(user_id) > user(id)'),
  enforced('enhanced_api_keys(tenant_id) > tenants(id)', 'enhanced_api_keys(tenant_id) > tenant(id)'),
  checked('mcp_servers(tenant_id) > tenants(id)', 'mcp_server(tenant_id) > tenant(id)', undeclared),
  enforced('server_tools(server_id) > mcp_servers(id)', 'mcp_tool(server_id) > mcp_server(id)'),
  enforced('server_resources(server_id) > mcp_servers(id)', 'mcp_resource(server_id) > mcp_server(id)'),
  enforced('server_metrics(server_id) > mcp_servers(id)', 'server_metrics(server_id) > mcp_server(id)'),
  enforced('server_access_control(server_id) > mcp_servers(id)', 'server_access_control(server_id) > mcp_server(id)'),
  enforced('server_access_control(user_id) > users(id)', 'server_access_control(user_id) > user(id)'),
  enforced('server_access_control(tenant_id) > tenants(id)', 'server_access_control(tenant_id) > tenant(id)'),
  enforced('server_access_control(api_key_id) > enhanced_api_keys(id)', 'server_access_control(api_key_id) > enhanced_api_keys(id)'),
  enforced('circuit_breakers(server_id) > mcp_servers(id)', 'circuit_breakers(server_id) > mcp_server(id)'),
  enforced('connection_pools(server_id) > mcp_servers(id)', 'connection_pools(server_id) > mcp_server(id)'),
  enforced('request_queues(server_id) > mcp_servers(id)', 'request_queues(server_id) > mcp_server(id)'),
  enforced('request_logs(user_id) > users(id)', 'request_logs(user_id) > user(id)'),
  enforced('request_logs(tenant_id) > tenants(id)', 'request_logs(tenant_id) > tenant(id)'),
  enforced('request_logs(target_server_id) > mcp_servers(id)', 'request_logs(target_server_id) > mcp_server(id)'),
  enforced('performance_alerts(server_id) > mcp_servers(id)', 'performance_alerts(server_id) > mcp_server(id)'),
  checked('audit_logs(user_id) > users(id)', 'audit_log(actor_id) > user(id)', outlives),
  checked('audit_logs(tenant_id) > tenants(id)', 'audit_log(tenant_id) > tenant(id)', outlives),
  checked('fastmcp_audit_log(user_id) > users(id)', 'fastmcp_audit_log(user_id) > user(id)', named),
  checked('fastmcp_audit_log(tenant_id) > tenants(id)', 'fastmcp_audit_log(tenant_id) > tenant(id)', named),
  {
    ...sideOf('public.system_configs(tenant_id) > tenants(id)', 'public.'), decision: 'none', none: [],
    why: 'the tenant is part of the key of the setting',
  },
  {
    ...sideOf('public.routing_rules(tenant_id) > tenants(id)', 'public.'), decision: 'none', none: [],
    why: 'the tenant is part of the JSON of the rule',
  },
];
