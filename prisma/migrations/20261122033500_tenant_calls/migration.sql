-- What a provisioner was asked, so that it may call back instead of answering at once.
CREATE TABLE tenant_calls (
  id UUID NOT NULL,
  job_id UUID NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending',
  wait_until TIMESTAMPTZ(3),
  result JSONB,
  error TEXT,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT tenant_calls_pkey PRIMARY KEY (id),
  CONSTRAINT tenant_calls_status CHECK (status IN ('pending', 'succeeded', 'failed'))
);
CREATE INDEX tenant_calls_job_id_idx ON tenant_calls (job_id);
ALTER TABLE tenant_calls ADD CONSTRAINT tenant_calls_job_id_fkey
  FOREIGN KEY (job_id) REFERENCES tenant_jobs (id) ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE tenant_job_steps
  ADD COLUMN progress SMALLINT,
  ADD COLUMN message TEXT,
  ADD CONSTRAINT tenant_job_steps_progress CHECK (progress BETWEEN 0 AND 100) NOT VALID;
ALTER TABLE tenant_job_steps VALIDATE CONSTRAINT tenant_job_steps_progress;
