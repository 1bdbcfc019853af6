CREATE INDEX CONCURRENTLY "customers_tags_idx" ON "customers" USING GIN ("tags");
