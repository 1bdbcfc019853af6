-- Alone in its file: a statement that is built beside writers runs in no transaction.
CREATE INDEX CONCURRENTLY IF NOT EXISTS "usage_daily_by_level" ON "usage_daily"("day", "level");
