DROP INDEX CONCURRENTLY "customers_expires_at_idx";
