import { carry, uuid } from '../../../public/index.ts';
import { mapping } from '../mapping.ts';

/** Calls of the MCP protocol; its user and tenant are names, not references. */
export const fastmcpAuditLog = mapping({
  from: 'public.fastmcp_audit_log',
  to: 'fastmcp_audit_log',
  columns: {
    id: uuid('id'),
    user_id: carry('user_id'),
    tenant_id: carry('tenant_id'),
    user_roles: carry('user_roles'),
    method: carry('method'),
    params: carry('params'),
    request_id: carry('request_id'),
    jsonrpc_version: carry('jsonrpc_version'),
    success: carry('success'),
    duration_ms: carry('duration_ms'),
    error_code: carry('error_code'),
    error_message: carry('error_message'),
    timestamp: carry('timestamp'),
    created_at: carry('created_at'),
    updated_at: carry('updated_at'),
  },
});
