CREATE INDEX CONCURRENTLY "customers_status_expires_at_id_idx" ON "customers"("status", "expires_at", "id");
