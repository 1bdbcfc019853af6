-- Tenants: instances that a driver keeps for customers, and the work on them.

CREATE TABLE tenants (
  id UUID NOT NULL,
  customer_id UUID NOT NULL,
  subscription_id UUID,
  name TEXT NOT NULL,
  subdomain TEXT NOT NULL,
  driver TEXT NOT NULL,
  ref TEXT NOT NULL,
  status TEXT NOT NULL,
  admin_email TEXT NOT NULL,
  admin_secret BYTEA,
  is_adopted BOOLEAN NOT NULL DEFAULT false,
  version TEXT,
  users INTEGER,
  storage_bytes BIGINT,
  measured_at TIMESTAMPTZ(3),
  log_cursor BIGINT NOT NULL DEFAULT 0,
  suspended_by TEXT,
  suspended_at TIMESTAMPTZ(3),
  suspend_reason TEXT,
  terminate_at TIMESTAMPTZ(3),
  metadata JSONB NOT NULL DEFAULT '{}',
  ready_at TIMESTAMPTZ(3),
  deleted_at TIMESTAMPTZ(3),
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT tenants_pkey PRIMARY KEY (id),
  CONSTRAINT tenants_driver CHECK (driver IN ('sandbox', 'odoo', 'webhook')),
  CONSTRAINT tenants_status CHECK (status IN ('provisioning', 'active', 'suspended', 'failed', 'deleting', 'deleted')),
  CONSTRAINT tenants_subdomain CHECK (subdomain ~ '^[a-z0-9]([a-z0-9-]{1,61})[a-z0-9]$'),
  CONSTRAINT tenants_measured CHECK (users >= 0 AND storage_bytes >= 0),
  CONSTRAINT tenants_log_cursor CHECK (log_cursor >= 0),
  CONSTRAINT tenants_suspended CHECK (
    suspended_by IN ('staff', 'billing') AND (status <> 'suspended' OR suspended_by IS NOT NULL)),
  CONSTRAINT tenants_deleted CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
);

CREATE TABLE tenant_jobs (
  id UUID NOT NULL,
  tenant_id UUID NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'waiting',
  input JSONB NOT NULL DEFAULT '{}',
  error TEXT,
  started_by TEXT NOT NULL,
  next_attempt_at TIMESTAMPTZ(3),
  started_at TIMESTAMPTZ(3),
  finished_at TIMESTAMPTZ(3),
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT tenant_jobs_pkey PRIMARY KEY (id),
  CONSTRAINT tenant_jobs_kind CHECK (kind IN (
    'provision', 'adopt', 'install_module', 'uninstall_module', 'backup', 'restore', 'suspend', 'unsuspend', 'terminate')),
  CONSTRAINT tenant_jobs_status CHECK (status IN ('waiting', 'running', 'compensating', 'succeeded', 'failed')),
  CONSTRAINT tenant_jobs_finished CHECK ((status IN ('succeeded', 'failed')) = (finished_at IS NOT NULL))
);

CREATE TABLE tenant_job_steps (
  job_id UUID NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'waiting',
  attempts INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  started_at TIMESTAMPTZ(3),
  finished_at TIMESTAMPTZ(3),
  CONSTRAINT tenant_job_steps_pkey PRIMARY KEY (job_id, position),
  CONSTRAINT tenant_job_steps_status CHECK (status IN ('waiting', 'running', 'done', 'skipped', 'failed', 'undone')),
  CONSTRAINT tenant_job_steps_counts CHECK (position >= 0 AND attempts >= 0)
);

CREATE TABLE tenant_backups (
  id UUID NOT NULL,
  tenant_id UUID NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'running',
  ref TEXT NOT NULL,
  bytes BIGINT,
  ready_at TIMESTAMPTZ(3),
  expires_at TIMESTAMPTZ(3),
  deleted_at TIMESTAMPTZ(3),
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT tenant_backups_pkey PRIMARY KEY (id),
  CONSTRAINT tenant_backups_kind CHECK (kind IN ('manual', 'scheduled', 'before_restore', 'final')),
  CONSTRAINT tenant_backups_status CHECK (status IN ('running', 'ready', 'failed', 'deleted')),
  CONSTRAINT tenant_backups_bytes CHECK (bytes >= 0),
  CONSTRAINT tenant_backups_ready CHECK (status <> 'ready' OR ready_at IS NOT NULL),
  CONSTRAINT tenant_backups_deleted CHECK ((status = 'deleted') = (deleted_at IS NOT NULL))
);

CREATE TABLE tenant_modules (
  tenant_id UUID NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  version TEXT,
  is_installed BOOLEAN NOT NULL,
  depends_on JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT tenant_modules_pkey PRIMARY KEY (tenant_id, name)
);

CREATE TABLE tenant_logs (
  id UUID NOT NULL,
  tenant_id UUID NOT NULL,
  level TEXT NOT NULL,
  source TEXT NOT NULL,
  message TEXT NOT NULL,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT tenant_logs_pkey PRIMARY KEY (id),
  CONSTRAINT tenant_logs_level CHECK (level IN ('info', 'warning', 'error'))
);

CREATE INDEX tenants_customer_id_id_idx ON tenants (customer_id, id DESC);
CREATE INDEX tenants_subscription_id_idx ON tenants (subscription_id);
CREATE INDEX tenants_status_id_idx ON tenants (status, id DESC);
CREATE INDEX tenant_jobs_tenant_id_id_idx ON tenant_jobs (tenant_id, id DESC);
CREATE INDEX tenant_backups_tenant_id_id_idx ON tenant_backups (tenant_id, id DESC);
CREATE INDEX tenant_backups_status_expires_at_idx ON tenant_backups (status, expires_at);
CREATE INDEX tenant_logs_tenant_id_id_idx ON tenant_logs (tenant_id, id DESC);
CREATE INDEX tenant_logs_created_at_idx ON tenant_logs (created_at);

-- A subdomain is somebody's until nothing of theirs is left: also while a deletion runs.
CREATE UNIQUE INDEX tenants_subdomain_taken ON tenants (subdomain) WHERE status NOT IN ('failed', 'deleted');
CREATE UNIQUE INDEX tenants_ref_taken ON tenants (driver, ref) WHERE status NOT IN ('failed', 'deleted');
-- One thing at a time is done to a tenant.
CREATE UNIQUE INDEX tenant_jobs_live ON tenant_jobs (tenant_id) WHERE finished_at IS NULL;

ALTER TABLE tenants ADD CONSTRAINT tenants_customer_id_fkey
  FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenant_jobs ADD CONSTRAINT tenant_jobs_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenant_job_steps ADD CONSTRAINT tenant_job_steps_job_id_fkey
  FOREIGN KEY (job_id) REFERENCES tenant_jobs (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenant_backups ADD CONSTRAINT tenant_backups_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenant_modules ADD CONSTRAINT tenant_modules_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE tenant_logs ADD CONSTRAINT tenant_logs_tenant_id_fkey
  FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE ON UPDATE CASCADE;
