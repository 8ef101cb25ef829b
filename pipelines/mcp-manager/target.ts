// biome-ignore-all format: generated
import type { SchemaContract } from '../../public/index.ts';

/**
 * The tables that `schema/` makes before the load, with the unique keys that it makes later. Generated from them, do not edit:
 * `WAYBILL_UPDATE_CONTRACTS=1 npx vitest run --project servers test/pipelines/target-contracts`
 */
export const target = {
  account: {
    key: ['id'], unique: [['provider_id', 'account_id']],
    columns: {
      id: 'text not null', account_id: 'text not null', provider_id: 'text not null', user_id: 'text not null',
      access_token: 'text', refresh_token: 'text', id_token: 'text', access_token_expires_at: 'timestamp with time zone',
      refresh_token_expires_at: 'timestamp with time zone', scope: 'text', password: 'text',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null', token_type: 'text',
      provider_account_id: 'text', refresh_token_rotation_enabled: 'boolean default',
    },
  },
  announcement_acknowledgment: {
    key: ['id'], unique: [['announcement_id', 'user_id']],
    columns: {
      id: 'uuid not null default', announcement_id: 'uuid not null', user_id: 'text not null',
      acknowledged_at: 'timestamp with time zone not null', ip_address: 'text', user_agent: 'text',
    },
  },
  apiKey: {
    key: ['id'],
    columns: {
      id: 'text not null', name: 'text', start: 'text', prefix: 'text', key: 'text not null', userId: 'text not null',
      refillInterval: 'integer', refillAmount: 'integer', lastRefillAt: 'timestamp with time zone',
      enabled: 'boolean not null default', rateLimitEnabled: 'boolean not null default', rateLimitTimeWindow: 'integer',
      rateLimitMax: 'integer', requestCount: 'integer not null default', remaining: 'integer',
      lastRequest: 'timestamp with time zone', expiresAt: 'timestamp with time zone',
      createdAt: 'timestamp with time zone not null default', updatedAt: 'timestamp with time zone not null default',
      permissions: 'text', metadata: 'text',
    },
  },
  api_token: {
    key: ['id'], unique: [['token_hash']],
    columns: {
      id: 'uuid not null default', name: 'text not null', description: 'text', token_hash: 'text not null',
      token_prefix: 'text not null', user_id: 'text not null', tenant_id: 'text', scopes: 'json default',
      type: 'text not null default', allowed_ips: 'json', allowed_domains: 'json', rate_limit: 'json',
      is_active: 'boolean not null default', last_used_at: 'timestamp with time zone', usage_count: 'integer default',
      expires_at: 'timestamp with time zone', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  api_usage: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', token_id: 'uuid', user_id: 'text', tenant_id: 'text', server_id: 'text',
      path: 'text not null', method: 'text not null', status_code: 'integer not null', response_time: 'integer',
      request_size: 'integer', response_size: 'integer', ip_address: 'text', user_agent: 'text', country: 'text',
      region: 'text', city: 'text', error_code: 'text', error_message: 'text', metadata: 'json',
      requested_at: 'timestamp with time zone not null',
    },
  },
  api_usage_stats: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', tenant_id: 'text', user_id: 'text', server_id: 'text', token_id: 'uuid',
      period_type: 'text not null', period_start: 'timestamp with time zone not null',
      period_end: 'timestamp with time zone not null', total_requests: 'integer default', total_errors: 'integer default',
      avg_response_time: 'numeric(10,3)', total_data_transfer: 'integer default', unique_ips: 'integer default',
      status_breakdown: 'json default', endpoint_breakdown: 'json default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  audit_log: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', event_type: 'text not null', action: 'text not null', actor_type: 'text not null',
      actor_id: 'text', actor_email: 'text', actor_ip: 'text', actor_user_agent: 'text', resource_type: 'text not null',
      resource_id: 'text', resource_name: 'text', tenant_id: 'text', session_id: 'text', request_id: 'text', trace_id: 'text',
      description: 'text not null', changes: 'json', http_method: 'text', http_path: 'text', http_status_code: 'integer',
      response_time: 'integer', risk_level: 'text not null default', compliance_relevant: 'boolean default', metadata: 'json',
      success: 'boolean not null default', error_message: 'text', error_code: 'text',
      occurred_at: 'timestamp with time zone not null',
    },
  },
  circuit_breakers: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', service_name: 'character varying(255) not null',
      state: "enum('closed','open','half_open') default", failure_count: 'integer default', success_count: 'integer default',
      failure_threshold: 'integer default', success_threshold: 'integer default', timeout_ms: 'integer default',
      last_failure_time: 'timestamp without time zone', last_success_time: 'timestamp without time zone',
      last_state_change: 'timestamp without time zone not null default', total_requests: 'integer default',
      total_failures: 'integer default', total_timeouts: 'integer default',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  connection_pools: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', pool_name: 'character varying(255) not null',
      transport_type: "enum('http','websocket','stdio','sse') not null", max_size: 'integer default',
      min_size: 'integer default', timeout_ms: 'integer default', idle_timeout_ms: 'integer default',
      active_connections: 'integer default', idle_connections: 'integer default', pending_requests: 'integer default',
      is_healthy: 'boolean default', last_health_check: 'timestamp without time zone',
      total_connections_created: 'integer default', total_connections_closed: 'integer default',
      connection_errors: 'integer default', avg_connection_time_ms: 'real',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  data_retention_policies: {
    key: ['id'], unique: [['name']],
    columns: {
      id: 'uuid not null default', name: 'character varying(255) not null', description: 'text',
      table_name: 'character varying(100) not null', date_column: 'character varying(100) not null',
      retention_days: 'integer not null', batch_size: 'integer default', conditions: 'json default',
      is_active: 'boolean default', last_run: 'timestamp without time zone', next_run: 'timestamp without time zone',
      total_deleted: 'integer default', last_deleted_count: 'integer default', avg_execution_time_ms: 'real',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  enhanced_api_keys: {
    key: ['id'], unique: [['key_hash']],
    columns: {
      id: 'uuid not null default', name: 'character varying(255) not null', description: 'text',
      key_hash: 'character varying(255) not null', key_prefix: 'character varying(20) not null',
      salt: 'character varying(255) not null', user_id: 'text', tenant_id: 'text', scopes: 'json default',
      allowed_servers: 'json default', allowed_methods: 'json default', ip_whitelist: 'json default',
      rate_limit_per_hour: 'integer default', rate_limit_per_day: 'integer default', is_active: 'boolean default',
      expires_at: 'timestamp without time zone', last_used: 'timestamp without time zone', total_requests: 'integer default',
      total_errors: 'integer default', last_success: 'timestamp without time zone', last_error: 'timestamp without time zone',
      failed_attempts: 'integer default', last_failed_attempt: 'timestamp without time zone', is_locked: 'boolean default',
      locked_until: 'timestamp without time zone', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  error_log: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', error_id: 'text not null', fingerprint: 'text not null', type: 'text not null',
      message: 'text not null', stack_trace: 'text', user_id: 'text', tenant_id: 'text', session_id: 'text', request_id: 'text',
      trace_id: 'text', http_method: 'text', http_path: 'text', http_headers: 'json', http_query: 'json', http_body: 'json',
      service: 'text not null', version: 'text', environment: 'text not null', user_agent: 'text', ip_address: 'text',
      device_info: 'json', level: 'text not null default', status: 'text not null default',
      resolved_at: 'timestamp with time zone', resolved_by: 'text', resolution: 'text',
      first_seen: 'timestamp with time zone not null', last_seen: 'timestamp with time zone not null',
      occurrence_count: 'integer not null default', metadata: 'json default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  fastmcp_audit_log: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', user_id: 'character varying(255) not null', tenant_id: 'character varying(255)',
      user_roles: 'json default', method: 'character varying(100) not null', params: 'json default',
      request_id: 'character varying(255)', jsonrpc_version: 'character varying(10) default', success: 'boolean not null',
      duration_ms: 'integer not null', error_code: 'integer', error_message: 'text',
      timestamp: 'timestamp without time zone not null default', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  feature_flag: {
    key: ['id'], unique: [['name'], ['key']],
    columns: {
      id: 'uuid not null default', name: 'text not null', key: 'text not null', description: 'text',
      type: 'text not null default', default_value: 'json not null', is_enabled: 'boolean not null default',
      rollout_percentage: 'integer default', targeting_rules: 'json default', environments: 'json default',
      status: 'text not null default', tags: 'json default', owner: 'text', expires_at: 'timestamp with time zone',
      kill_switch_enabled: 'boolean default', last_modified_by: 'text', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  feature_flag_evaluation: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', flag_id: 'uuid not null', flag_key: 'text not null', user_id: 'text', tenant_id: 'text',
      value: 'json not null', reason: 'text not null', user_agent: 'text', ip_address: 'text', metadata: 'json default',
      evaluated_at: 'timestamp with time zone not null',
    },
  },
  legacy_routing_rule: {
    key: ['id'],
    columns: {
      id: 'text not null', rule: 'json not null',
    },
  },
  maintenance_window: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', title: 'text not null', description: 'text', type: 'text not null', impact: 'text not null',
      affected_services: 'json default', affected_tenants: 'json default', scheduled_start: 'timestamp with time zone not null',
      scheduled_end: 'timestamp with time zone not null', actual_start: 'timestamp with time zone',
      actual_end: 'timestamp with time zone', status: 'text not null default', notify_users: 'boolean default',
      notification_sent: 'boolean default', notification_channels: 'json default', workarounds: 'text', rollback_plan: 'text',
      created_by: 'text not null', approved_by: 'text', approved_at: 'timestamp with time zone',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null',
    },
  },
  materialized_views: {
    key: ['id'], unique: [['name']],
    columns: {
      id: 'uuid not null default', name: 'character varying(255) not null', description: 'text', query: 'text not null',
      indexes: 'json default', refresh_strategy: 'character varying(50) default', refresh_interval_minutes: 'integer',
      refresh_triggers: 'json default', is_active: 'boolean default', last_refreshed: 'timestamp without time zone',
      next_refresh: 'timestamp without time zone', refresh_count: 'integer default', avg_refresh_time_ms: 'real',
      row_count: 'integer', size_bytes: 'bigint', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  mcp_prompt: {
    key: ['id'], unique: [['server_id', 'name']],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', name: 'text not null', description: 'text',
      template: 'text not null', arguments: 'json default', tags: 'json default', category: 'text',
      use_count: 'integer default', is_active: 'boolean default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null', last_used_at: 'timestamp with time zone',
    },
  },
  mcp_resource: {
    key: ['id'], unique: [['server_id', 'uri']],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', uri: 'text not null', name: 'text not null', description: 'text',
      mime_type: 'text', size: 'integer', annotations: 'json', content_type: 'text default', access_count: 'integer default',
      is_active: 'boolean default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null', last_accessed_at: 'timestamp with time zone',
    },
  },
  mcp_server: {
    key: ['id'],
    columns: {
      id: 'text not null', name: 'text not null', description: 'text', version: 'text not null', endpoint_url: 'text not null',
      transport_type: 'text not null', auth_type: 'text not null default', auth_config: 'json', status: 'text not null default',
      health_status: 'text not null default', last_health_check: 'timestamp with time zone',
      health_check_interval: 'integer default', capabilities: 'json default', tags: 'json default', category: 'text',
      tenant_id: 'text', owner_id: 'text not null', is_public: 'boolean default', request_count: 'integer default',
      error_count: 'integer default', avg_response_time: 'numeric(10,3)', uptime: 'numeric(5,2) default',
      settings: 'json default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null', last_used_at: 'timestamp with time zone',
    },
  },
  mcp_server_dependency: {
    key: ['id'], unique: [['server_id', 'depends_on_server_id']],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', depends_on_server_id: 'text not null',
      dependency_type: 'text not null default', created_at: 'timestamp with time zone not null',
    },
  },
  mcp_server_health_check: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', status: 'text not null', response_time: 'integer',
      error_message: 'text', metrics: 'json', checked_at: 'timestamp with time zone not null',
    },
  },
  mcp_tool: {
    key: ['id'], unique: [['server_id', 'name']],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', name: 'text not null', description: 'text', input_schema: 'json',
      tags: 'json default', category: 'text', call_count: 'integer default', error_count: 'integer default',
      avg_execution_time: 'numeric(10,3)', is_active: 'boolean default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null', last_used_at: 'timestamp with time zone',
    },
  },
  performance_alerts: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', name: 'character varying(255) not null', description: 'text', server_id: 'text',
      metric_name: 'character varying(100) not null', threshold_value: 'real not null',
      comparison_operator: 'character varying(10) not null', duration_minutes: 'integer default', is_active: 'boolean default',
      is_triggered: 'boolean default', first_triggered: 'timestamp without time zone',
      last_triggered: 'timestamp without time zone', trigger_count: 'integer default', notification_channels: 'json default',
      cooldown_minutes: 'integer default', last_notification: 'timestamp without time zone',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  rate_limit_config: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', name: 'text not null', description: 'text', rules: 'json default', scope: 'text not null',
      priority: 'integer default', is_active: 'boolean not null default', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  rate_limit_violation: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', token_id: 'uuid', user_id: 'text', tenant_id: 'text', ip_address: 'text not null',
      user_agent: 'text', path: 'text not null', method: 'text not null', rule_id: 'uuid', limit_type: 'text not null',
      limit_value: 'integer not null', current_value: 'integer not null', action: 'text not null', metadata: 'json',
      violated_at: 'timestamp with time zone not null',
    },
  },
  request_logs: {
    key: ['id'], unique: [['request_id']],
    columns: {
      id: 'uuid not null default', request_id: 'character varying(255) not null', user_id: 'text', tenant_id: 'text',
      ip_address: 'character varying(45)', method: 'character varying(10) not null', path: 'character varying(500) not null',
      query_params: 'json default', headers: 'json default', target_server_id: 'text',
      request_time: 'timestamp without time zone not null default', response_time: 'timestamp without time zone',
      duration_ms: 'real', status_code: 'integer', response_size_bytes: 'integer', error_type: 'character varying(100)',
      error_message: 'text', request_metadata: 'json default', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  request_queues: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', queue_name: 'character varying(255) not null',
      max_size: 'integer default', processing_timeout_ms: 'integer default', priority_levels: 'integer default',
      current_size: 'integer default', processing_count: 'integer default', is_accepting_requests: 'boolean default',
      last_processed: 'timestamp without time zone', total_enqueued: 'integer default', total_processed: 'integer default',
      total_timeouts: 'integer default', total_errors: 'integer default', avg_processing_time_ms: 'real',
      avg_wait_time_ms: 'real', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  security_event: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', type: 'text not null', severity: 'text not null', source_ip: 'text not null',
      user_agent: 'text', user_id: 'text', tenant_id: 'text', country: 'text', region: 'text', city: 'text',
      description: 'text not null', details: 'json default', action_taken: 'text not null default',
      investigation_status: 'text not null default', investigated_by: 'text', investigation_notes: 'text',
      detected_at: 'timestamp with time zone not null', investigated_at: 'timestamp with time zone',
      resolved_at: 'timestamp with time zone',
    },
  },
  server_access_control: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', user_id: 'text', tenant_id: 'text', api_key_id: 'uuid',
      can_read: 'boolean default', can_write: 'boolean default', can_admin: 'boolean default', can_proxy: 'boolean default',
      allowed_methods: 'json default', denied_methods: 'json default', access_start_time: 'timestamp without time zone',
      access_end_time: 'timestamp without time zone', allowed_days: 'json default', allowed_hours: 'json default',
      is_active: 'boolean default', last_access: 'timestamp without time zone', access_count: 'integer default',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  server_metrics: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', server_id: 'text not null', timestamp: 'timestamp without time zone not null default',
      response_time_ms: 'real', requests_per_second: 'real', error_rate: 'real', cpu_usage: 'real', memory_usage_mb: 'real',
      active_connections: 'integer', connection_pool_size: 'integer', custom_metrics: 'json default',
      created_at: 'timestamp without time zone not null default', updated_at: 'timestamp without time zone not null default',
    },
  },
  session: {
    key: ['id'], unique: [['token']],
    columns: {
      id: 'text not null', expires_at: 'timestamp with time zone not null', token: 'text not null',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null', ip_address: 'text',
      user_agent: 'text', user_id: 'text not null', impersonated_by: 'text', device_info: 'json',
      last_activity_at: 'timestamp with time zone', is_revoked: 'boolean default', revoked_at: 'timestamp with time zone',
      revoked_reason: 'text',
    },
  },
  sessions: {
    key: ['id'], unique: [['session_token']],
    columns: {
      id: 'uuid not null default', user_id: 'text not null', session_token: 'character varying(255) not null',
      ip_address: 'character varying(45)', user_agent: 'character varying(500)',
      expires_at: 'timestamp without time zone not null', session_data: 'json default', is_active: 'boolean default',
      last_activity: 'timestamp without time zone not null default', created_at: 'timestamp without time zone not null default',
      updated_at: 'timestamp without time zone not null default',
    },
  },
  system_announcement: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', title: 'text not null', message: 'text not null', type: 'text not null',
      priority: 'text not null default', target_audience: 'text not null default', target_tenants: 'json default',
      target_users: 'json default', target_roles: 'json default', display_location: 'json default',
      is_dismissible: 'boolean default', requires_acknowledgment: 'boolean default', background_color: 'text',
      text_color: 'text', icon: 'text', starts_at: 'timestamp with time zone not null', ends_at: 'timestamp with time zone',
      is_active: 'boolean not null default', action_url: 'text', action_text: 'text', view_count: 'integer default',
      acknowledgment_count: 'integer default', created_by: 'text not null', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  system_config: {
    key: ['id'], unique: [['key']],
    columns: {
      id: 'uuid not null default', key: 'text not null', category: 'text not null', value: 'json not null',
      value_type: 'text not null', description: 'text', is_public: 'boolean default', is_secret: 'boolean default',
      validation_schema: 'json', is_active: 'boolean not null default', environment: 'text not null default',
      last_modified_by: 'text', change_reason: 'text', created_at: 'timestamp with time zone not null',
      updated_at: 'timestamp with time zone not null',
    },
  },
  system_event: {
    key: ['id'],
    columns: {
      id: 'uuid not null default', type: 'text not null', category: 'text not null', title: 'text not null',
      description: 'text', severity: 'text not null default', source: 'text not null', tenant_id: 'text', resource_type: 'text',
      resource_id: 'text', data: 'json default', status: 'text not null default', acknowledged_at: 'timestamp with time zone',
      acknowledged_by: 'text', resolved_at: 'timestamp with time zone', resolved_by: 'text',
      notification_sent: 'boolean default', notification_channels: 'json default',
      occurred_at: 'timestamp with time zone not null', created_at: 'timestamp with time zone not null',
    },
  },
  tenant: {
    key: ['id'], unique: [['slug']],
    columns: {
      id: 'text not null', name: 'text not null', slug: 'text not null', domain: 'text', status: 'text not null default',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null',
      owner_id: 'text not null', billing_email: 'text', max_users: 'integer default', max_servers: 'integer default',
      max_api_calls: 'integer default', features: 'json default', settings: 'json default', current_users: 'integer default',
      current_servers: 'integer default', current_month_api_calls: 'integer default', plan_type: 'text not null default',
      subscription_status: 'text default', subscription_id: 'text', current_period_start: 'timestamp with time zone',
      current_period_end: 'timestamp with time zone', data_region: 'text default', encryption_key_id: 'text',
      audit_log_retention: 'integer default', contact_email: 'text', contact_phone: 'text', support_plan: 'text default',
    },
  },
  tenant_invitation: {
    key: ['id'], unique: [['token'], ['tenant_id', 'email']],
    columns: {
      id: 'uuid not null default', tenant_id: 'text not null', email: 'text not null', role: 'text not null default',
      token: 'text not null', status: 'text not null default', created_at: 'timestamp with time zone not null',
      expires_at: 'timestamp with time zone not null', accepted_at: 'timestamp with time zone',
      revoked_at: 'timestamp with time zone', invited_by: 'text not null', message: 'text',
    },
  },
  tenant_member: {
    key: ['id'], unique: [['tenant_id', 'user_id']],
    columns: {
      id: 'uuid not null default', tenant_id: 'text not null', user_id: 'text not null', role: 'text not null default',
      status: 'text not null default', joined_at: 'timestamp with time zone', invited_at: 'timestamp with time zone not null',
      invited_by: 'text', permissions: 'json default', ip_whitelist: 'json', last_access_at: 'timestamp with time zone',
    },
  },
  tenant_usage: {
    key: ['id'], unique: [['tenant_id', 'period_start', 'period_end']],
    columns: {
      id: 'uuid not null default', tenant_id: 'text not null', period_start: 'timestamp with time zone not null',
      period_end: 'timestamp with time zone not null', api_calls: 'integer default', storage_bytes: 'integer default',
      active_users: 'integer default', active_servers: 'integer default', usage_details: 'json default',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null',
    },
  },
  two_factor_auth: {
    key: ['id'], unique: [['user_id']],
    columns: {
      id: 'uuid not null default', user_id: 'text not null', secret: 'text not null', enabled: 'boolean not null default',
      backup_codes: 'json', created_at: 'timestamp with time zone not null', enabled_at: 'timestamp with time zone',
      last_used_at: 'timestamp with time zone',
    },
  },
  user: {
    key: ['id'], unique: [['email']],
    columns: {
      id: 'text not null', name: 'text not null', email: 'text not null', email_verified: 'boolean not null', image: 'text',
      created_at: 'timestamp with time zone not null', updated_at: 'timestamp with time zone not null',
      role: 'text not null default', tenant_id: 'text', is_active: 'boolean not null default',
      last_login_at: 'timestamp with time zone', banned: 'boolean default', ban_reason: 'text',
      ban_expires: 'timestamp with time zone', preferences: 'json default', two_factor_enabled: 'boolean default',
      backup_codes: 'json', terms_accepted_at: 'timestamp with time zone', privacy_accepted_at: 'timestamp with time zone',
    },
  },
  user_permission: {
    key: ['id'], unique: [['user_id', 'permission', 'resource']],
    columns: {
      id: 'uuid not null default', user_id: 'text not null', permission: 'text not null', resource: 'text',
      granted_at: 'timestamp with time zone not null', granted_by: 'text', expires_at: 'timestamp with time zone',
    },
  },
  verification: {
    key: ['id'],
    columns: {
      id: 'text not null', identifier: 'text not null', value: 'text not null', expires_at: 'timestamp with time zone not null',
      created_at: 'timestamp with time zone', updated_at: 'timestamp with time zone', type: 'text', attempts: 'integer default',
      max_attempts: 'integer default', is_used: 'boolean default',
    },
  },
} as const satisfies SchemaContract;
