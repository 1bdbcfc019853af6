-- Alone in its file, since it builds without a lock that stops writes.
CREATE INDEX CONCURRENTLY "customers_expires_at_id_idx" ON "customers"("expires_at", "id");
