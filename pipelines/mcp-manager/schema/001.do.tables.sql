-- The Drizzle schema with the Better-Auth tables: 44 tables with their primary keys and defaults. Constraints over the data come later.

create type circuit_breaker_state as enum ('closed', 'open', 'half_open');
create type transport_type as enum ('http', 'websocket', 'stdio', 'sse');
-- No column uses these two, but the Drizzle schema declares them.
create type api_key_scope as enum ('read', 'write', 'admin', 'proxy', 'metrics', 'health');
create type server_status as enum ('healthy', 'unhealthy', 'degraded', 'unknown', 'maintenance');

create table account (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  token_type text,
  provider_account_id text,
  refresh_token_rotation_enabled boolean default true,
  primary key (id)
);

create table session (
  id text not null,
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  user_id text not null,
  impersonated_by text,
  device_info json,
  last_activity_at timestamp with time zone,
  is_revoked boolean default false,
  revoked_at timestamp with time zone,
  revoked_reason text,
  primary key (id)
);

create table two_factor_auth (
  id uuid default gen_random_uuid() not null,
  user_id text not null,
  secret text not null,
  enabled boolean default false not null,
  backup_codes json,
  created_at timestamp with time zone not null,
  enabled_at timestamp with time zone,
  last_used_at timestamp with time zone,
  primary key (id)
);

create table "user" (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  role text default 'user' not null,
  tenant_id text,
  is_active boolean default true not null,
  last_login_at timestamp with time zone,
  banned boolean default false,
  ban_reason text,
  ban_expires timestamp with time zone,
  preferences json default '{}'::json,
  two_factor_enabled boolean default false,
  backup_codes json,
  terms_accepted_at timestamp with time zone,
  privacy_accepted_at timestamp with time zone,
  primary key (id)
);

create table user_permission (
  id uuid default gen_random_uuid() not null,
  user_id text not null,
  permission text not null,
  resource text,
  granted_at timestamp with time zone not null,
  granted_by text,
  expires_at timestamp with time zone,
  primary key (id)
);

create table verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone,
  updated_at timestamp with time zone,
  type text,
  attempts integer default 0,
  max_attempts integer default 3,
  is_used boolean default false,
  primary key (id)
);

create table tenant (
  id text not null,
  name text not null,
  slug text not null,
  domain text,
  status text default 'pending' not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  owner_id text not null,
  billing_email text,
  max_users integer default 10,
  max_servers integer default 5,
  max_api_calls integer default 10000,
  features json default '{}'::json,
  settings json default '{}'::json,
  current_users integer default 0,
  current_servers integer default 0,
  current_month_api_calls integer default 0,
  plan_type text default 'free' not null,
  subscription_status text default 'active',
  subscription_id text,
  current_period_start timestamp with time zone,
  current_period_end timestamp with time zone,
  data_region text default 'us-east-1',
  encryption_key_id text,
  audit_log_retention integer default 90,
  contact_email text,
  contact_phone text,
  support_plan text default 'community',
  primary key (id)
);

create table tenant_invitation (
  id uuid default gen_random_uuid() not null,
  tenant_id text not null,
  email text not null,
  role text default 'member' not null,
  token text not null,
  status text default 'pending' not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  invited_by text not null,
  message text,
  primary key (id)
);

create table tenant_member (
  id uuid default gen_random_uuid() not null,
  tenant_id text not null,
  user_id text not null,
  role text default 'member' not null,
  status text default 'invited' not null,
  joined_at timestamp with time zone,
  invited_at timestamp with time zone not null,
  invited_by text,
  permissions json default '{}'::json,
  ip_whitelist json,
  last_access_at timestamp with time zone,
  primary key (id)
);

create table tenant_usage (
  id uuid default gen_random_uuid() not null,
  tenant_id text not null,
  period_start timestamp with time zone not null,
  period_end timestamp with time zone not null,
  api_calls integer default 0,
  storage_bytes integer default 0,
  active_users integer default 0,
  active_servers integer default 0,
  usage_details json default '{}'::json,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table mcp_prompt (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  name text not null,
  description text,
  template text not null,
  arguments json default '[]'::json,
  tags json default '[]'::json,
  category text,
  use_count integer default 0,
  is_active boolean default true,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  primary key (id)
);

create table mcp_resource (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  uri text not null,
  name text not null,
  description text,
  mime_type text,
  size integer,
  annotations json,
  content_type text default 'text',
  access_count integer default 0,
  is_active boolean default true,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_accessed_at timestamp with time zone,
  primary key (id)
);

create table mcp_server (
  id text not null,
  name text not null,
  description text,
  version text not null,
  endpoint_url text not null,
  transport_type text not null,
  auth_type text default 'none' not null,
  auth_config json,
  status text default 'inactive' not null,
  health_status text default 'unknown' not null,
  last_health_check timestamp with time zone,
  health_check_interval integer default 300,
  capabilities json default '{}'::json,
  tags json default '[]'::json,
  category text,
  tenant_id text,
  owner_id text not null,
  is_public boolean default false,
  request_count integer default 0,
  error_count integer default 0,
  avg_response_time numeric(10,3),
  uptime numeric(5,2) default '100.00',
  settings json default '{}'::json,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  primary key (id)
);

create table mcp_server_dependency (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  depends_on_server_id text not null,
  dependency_type text default 'required' not null,
  created_at timestamp with time zone not null,
  primary key (id)
);

create table mcp_server_health_check (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  status text not null,
  response_time integer,
  error_message text,
  metrics json,
  checked_at timestamp with time zone not null,
  primary key (id)
);

create table mcp_tool (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  name text not null,
  description text,
  input_schema json,
  tags json default '[]'::json,
  category text,
  call_count integer default 0,
  error_count integer default 0,
  avg_execution_time numeric(10,3),
  is_active boolean default true,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  primary key (id)
);

create table api_token (
  id uuid default gen_random_uuid() not null,
  name text not null,
  description text,
  token_hash text not null,
  token_prefix text not null,
  user_id text not null,
  tenant_id text,
  scopes json default '[]'::json,
  type text default 'personal' not null,
  allowed_ips json,
  allowed_domains json,
  rate_limit json,
  is_active boolean default true not null,
  last_used_at timestamp with time zone,
  usage_count integer default 0,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table api_usage (
  id uuid default gen_random_uuid() not null,
  token_id uuid,
  user_id text,
  tenant_id text,
  server_id text,
  path text not null,
  method text not null,
  status_code integer not null,
  response_time integer,
  request_size integer,
  response_size integer,
  ip_address text,
  user_agent text,
  country text,
  region text,
  city text,
  error_code text,
  error_message text,
  metadata json,
  requested_at timestamp with time zone not null,
  primary key (id)
);

create table api_usage_stats (
  id uuid default gen_random_uuid() not null,
  tenant_id text,
  user_id text,
  server_id text,
  token_id uuid,
  period_type text not null,
  period_start timestamp with time zone not null,
  period_end timestamp with time zone not null,
  total_requests integer default 0,
  total_errors integer default 0,
  avg_response_time numeric(10,3),
  total_data_transfer integer default 0,
  unique_ips integer default 0,
  status_breakdown json default '{}'::json,
  endpoint_breakdown json default '{}'::json,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table rate_limit_config (
  id uuid default gen_random_uuid() not null,
  name text not null,
  description text,
  rules json default '[]'::json,
  scope text not null,
  priority integer default 100,
  is_active boolean default true not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table rate_limit_violation (
  id uuid default gen_random_uuid() not null,
  token_id uuid,
  user_id text,
  tenant_id text,
  ip_address text not null,
  user_agent text,
  path text not null,
  method text not null,
  rule_id uuid,
  limit_type text not null,
  limit_value integer not null,
  current_value integer not null,
  action text not null,
  metadata json,
  violated_at timestamp with time zone not null,
  primary key (id)
);

create table "apiKey" (
  id text not null,
  name text,
  start text,
  prefix text,
  key text not null,
  "userId" text not null,
  "refillInterval" integer,
  "refillAmount" integer,
  "lastRefillAt" timestamp with time zone,
  enabled boolean default true not null,
  "rateLimitEnabled" boolean default true not null,
  "rateLimitTimeWindow" integer,
  "rateLimitMax" integer,
  "requestCount" integer default 0 not null,
  remaining integer,
  "lastRequest" timestamp with time zone,
  "expiresAt" timestamp with time zone,
  "createdAt" timestamp with time zone default now() not null,
  "updatedAt" timestamp with time zone default now() not null,
  permissions text,
  metadata text,
  primary key (id)
);

create table audit_log (
  id uuid default gen_random_uuid() not null,
  event_type text not null,
  action text not null,
  actor_type text not null,
  actor_id text,
  actor_email text,
  actor_ip text,
  actor_user_agent text,
  resource_type text not null,
  resource_id text,
  resource_name text,
  tenant_id text,
  session_id text,
  request_id text,
  trace_id text,
  description text not null,
  changes json,
  http_method text,
  http_path text,
  http_status_code integer,
  response_time integer,
  risk_level text default 'low' not null,
  compliance_relevant boolean default false,
  metadata json,
  success boolean default true not null,
  error_message text,
  error_code text,
  occurred_at timestamp with time zone not null,
  primary key (id)
);

create table error_log (
  id uuid default gen_random_uuid() not null,
  error_id text not null,
  fingerprint text not null,
  type text not null,
  message text not null,
  stack_trace text,
  user_id text,
  tenant_id text,
  session_id text,
  request_id text,
  trace_id text,
  http_method text,
  http_path text,
  http_headers json,
  http_query json,
  http_body json,
  service text not null,
  version text,
  environment text not null,
  user_agent text,
  ip_address text,
  device_info json,
  level text default 'error' not null,
  status text default 'new' not null,
  resolved_at timestamp with time zone,
  resolved_by text,
  resolution text,
  first_seen timestamp with time zone not null,
  last_seen timestamp with time zone not null,
  occurrence_count integer default 1 not null,
  metadata json default '{}'::json,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table security_event (
  id uuid default gen_random_uuid() not null,
  type text not null,
  severity text not null,
  source_ip text not null,
  user_agent text,
  user_id text,
  tenant_id text,
  country text,
  region text,
  city text,
  description text not null,
  details json default '{}'::json,
  action_taken text default 'logged' not null,
  investigation_status text default 'pending' not null,
  investigated_by text,
  investigation_notes text,
  detected_at timestamp with time zone not null,
  investigated_at timestamp with time zone,
  resolved_at timestamp with time zone,
  primary key (id)
);

create table system_event (
  id uuid default gen_random_uuid() not null,
  type text not null,
  category text not null,
  title text not null,
  description text,
  severity text default 'info' not null,
  source text not null,
  tenant_id text,
  resource_type text,
  resource_id text,
  data json default '{}'::json,
  status text default 'active' not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  resolved_at timestamp with time zone,
  resolved_by text,
  notification_sent boolean default false,
  notification_channels json default '[]'::json,
  occurred_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  primary key (id)
);

create table announcement_acknowledgment (
  id uuid default gen_random_uuid() not null,
  announcement_id uuid not null,
  user_id text not null,
  acknowledged_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  primary key (id)
);

create table feature_flag (
  id uuid default gen_random_uuid() not null,
  name text not null,
  key text not null,
  description text,
  type text default 'boolean' not null,
  default_value json not null,
  is_enabled boolean default false not null,
  rollout_percentage integer default 0,
  targeting_rules json default '[]'::json,
  environments json default '{}'::json,
  status text default 'development' not null,
  tags json default '[]'::json,
  owner text,
  expires_at timestamp with time zone,
  kill_switch_enabled boolean default false,
  last_modified_by text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table feature_flag_evaluation (
  id uuid default gen_random_uuid() not null,
  flag_id uuid not null,
  flag_key text not null,
  user_id text,
  tenant_id text,
  value json not null,
  reason text not null,
  user_agent text,
  ip_address text,
  metadata json default '{}'::json,
  evaluated_at timestamp with time zone not null,
  primary key (id)
);

create table maintenance_window (
  id uuid default gen_random_uuid() not null,
  title text not null,
  description text,
  type text not null,
  impact text not null,
  affected_services json default '[]'::json,
  affected_tenants json default '[]'::json,
  scheduled_start timestamp with time zone not null,
  scheduled_end timestamp with time zone not null,
  actual_start timestamp with time zone,
  actual_end timestamp with time zone,
  status text default 'scheduled' not null,
  notify_users boolean default true,
  notification_sent boolean default false,
  notification_channels json default '[]'::json,
  workarounds text,
  rollback_plan text,
  created_by text not null,
  approved_by text,
  approved_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table system_announcement (
  id uuid default gen_random_uuid() not null,
  title text not null,
  message text not null,
  type text not null,
  priority text default 'normal' not null,
  target_audience text default 'all_users' not null,
  target_tenants json default '[]'::json,
  target_users json default '[]'::json,
  target_roles json default '[]'::json,
  display_location json default '[]'::json,
  is_dismissible boolean default true,
  requires_acknowledgment boolean default false,
  background_color text,
  text_color text,
  icon text,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone,
  is_active boolean default true not null,
  action_url text,
  action_text text,
  view_count integer default 0,
  acknowledgment_count integer default 0,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table system_config (
  id uuid default gen_random_uuid() not null,
  key text not null,
  category text not null,
  value json not null,
  value_type text not null,
  description text,
  is_public boolean default false,
  is_secret boolean default false,
  validation_schema json,
  is_active boolean default true not null,
  environment text default 'all' not null,
  last_modified_by text,
  change_reason text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  primary key (id)
);

create table circuit_breakers (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  service_name character varying(255) not null,
  state circuit_breaker_state default 'closed',
  failure_count integer default 0,
  success_count integer default 0,
  failure_threshold integer default 5,
  success_threshold integer default 2,
  timeout_ms integer default 60000,
  last_failure_time timestamp without time zone,
  last_success_time timestamp without time zone,
  last_state_change timestamp without time zone default now() not null,
  total_requests integer default 0,
  total_failures integer default 0,
  total_timeouts integer default 0,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table connection_pools (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  pool_name character varying(255) not null,
  transport_type transport_type not null,
  max_size integer default 10,
  min_size integer default 2,
  timeout_ms integer default 30000,
  idle_timeout_ms integer default 300000,
  active_connections integer default 0,
  idle_connections integer default 0,
  pending_requests integer default 0,
  is_healthy boolean default true,
  last_health_check timestamp without time zone,
  total_connections_created integer default 0,
  total_connections_closed integer default 0,
  connection_errors integer default 0,
  avg_connection_time_ms real,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table data_retention_policies (
  id uuid default gen_random_uuid() not null,
  name character varying(255) not null,
  description text,
  table_name character varying(100) not null,
  date_column character varying(100) not null,
  retention_days integer not null,
  batch_size integer default 1000,
  conditions json default '{}'::json,
  is_active boolean default true,
  last_run timestamp without time zone,
  next_run timestamp without time zone,
  total_deleted integer default 0,
  last_deleted_count integer default 0,
  avg_execution_time_ms real,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table enhanced_api_keys (
  id uuid default gen_random_uuid() not null,
  name character varying(255) not null,
  description text,
  key_hash character varying(255) not null,
  key_prefix character varying(20) not null,
  salt character varying(255) not null,
  user_id text,
  tenant_id text,
  scopes json default '[]'::json,
  allowed_servers json default '[]'::json,
  allowed_methods json default '[]'::json,
  ip_whitelist json default '[]'::json,
  rate_limit_per_hour integer default 1000,
  rate_limit_per_day integer default 10000,
  is_active boolean default true,
  expires_at timestamp without time zone,
  last_used timestamp without time zone,
  total_requests integer default 0,
  total_errors integer default 0,
  last_success timestamp without time zone,
  last_error timestamp without time zone,
  failed_attempts integer default 0,
  last_failed_attempt timestamp without time zone,
  is_locked boolean default false,
  locked_until timestamp without time zone,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table fastmcp_audit_log (
  id uuid default gen_random_uuid() not null,
  user_id character varying(255) not null,
  tenant_id character varying(255),
  user_roles json default '[]'::json,
  method character varying(100) not null,
  params json default '{}'::json,
  request_id character varying(255),
  jsonrpc_version character varying(10) default '2.0',
  success boolean not null,
  duration_ms integer not null,
  error_code integer,
  error_message text,
  "timestamp" timestamp without time zone default now() not null,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table materialized_views (
  id uuid default gen_random_uuid() not null,
  name character varying(255) not null,
  description text,
  query text not null,
  indexes json default '[]'::json,
  refresh_strategy character varying(50) default 'manual',
  refresh_interval_minutes integer,
  refresh_triggers json default '[]'::json,
  is_active boolean default true,
  last_refreshed timestamp without time zone,
  next_refresh timestamp without time zone,
  refresh_count integer default 0,
  avg_refresh_time_ms real,
  row_count integer,
  size_bytes bigint,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table performance_alerts (
  id uuid default gen_random_uuid() not null,
  name character varying(255) not null,
  description text,
  server_id text,
  metric_name character varying(100) not null,
  threshold_value real not null,
  comparison_operator character varying(10) not null,
  duration_minutes integer default 5,
  is_active boolean default true,
  is_triggered boolean default false,
  first_triggered timestamp without time zone,
  last_triggered timestamp without time zone,
  trigger_count integer default 0,
  notification_channels json default '[]'::json,
  cooldown_minutes integer default 60,
  last_notification timestamp without time zone,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table request_logs (
  id uuid default gen_random_uuid() not null,
  request_id character varying(255) not null,
  user_id text,
  tenant_id text,
  ip_address character varying(45),
  method character varying(10) not null,
  path character varying(500) not null,
  query_params json default '{}'::json,
  headers json default '{}'::json,
  target_server_id text,
  request_time timestamp without time zone default now() not null,
  response_time timestamp without time zone,
  duration_ms real,
  status_code integer,
  response_size_bytes integer,
  error_type character varying(100),
  error_message text,
  request_metadata json default '{}'::json,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table request_queues (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  queue_name character varying(255) not null,
  max_size integer default 1000,
  processing_timeout_ms integer default 60000,
  priority_levels integer default 3,
  current_size integer default 0,
  processing_count integer default 0,
  is_accepting_requests boolean default true,
  last_processed timestamp without time zone,
  total_enqueued integer default 0,
  total_processed integer default 0,
  total_timeouts integer default 0,
  total_errors integer default 0,
  avg_processing_time_ms real,
  avg_wait_time_ms real,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table server_access_control (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  user_id text,
  tenant_id text,
  api_key_id uuid,
  can_read boolean default true,
  can_write boolean default false,
  can_admin boolean default false,
  can_proxy boolean default true,
  allowed_methods json default '[]'::json,
  denied_methods json default '[]'::json,
  access_start_time timestamp without time zone,
  access_end_time timestamp without time zone,
  allowed_days json default '[]'::json,
  allowed_hours json default '[]'::json,
  is_active boolean default true,
  last_access timestamp without time zone,
  access_count integer default 0,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table server_metrics (
  id uuid default gen_random_uuid() not null,
  server_id text not null,
  "timestamp" timestamp without time zone default now() not null,
  response_time_ms real,
  requests_per_second real,
  error_rate real,
  cpu_usage real,
  memory_usage_mb real,
  active_connections integer,
  connection_pool_size integer,
  custom_metrics json default '{}'::json,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

create table sessions (
  id uuid default gen_random_uuid() not null,
  user_id text not null,
  session_token character varying(255) not null,
  ip_address character varying(45),
  user_agent character varying(500),
  expires_at timestamp without time zone not null,
  session_data json default '{}'::json,
  is_active boolean default true,
  last_activity timestamp without time zone default now() not null,
  created_at timestamp without time zone default now() not null,
  updated_at timestamp without time zone default now() not null,
  primary key (id)
);

-- Not Drizzle's: what routing_rules of the source held, for which its schema has no table. Drop it when it is not needed any more.
create table legacy_routing_rule (
  id text not null,
  rule json not null,
  primary key (id)
);
