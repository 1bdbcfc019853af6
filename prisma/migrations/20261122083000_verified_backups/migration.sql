-- When a backup was read back after it was written: null of those from before.
ALTER TABLE backups ADD COLUMN verified_at timestamptz(3);
