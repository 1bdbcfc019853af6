DROP INDEX CONCURRENTLY "subscriptions_next_action_at_idx";
