-- What is due is read in pages by instant and id: many may fall on one instant.
CREATE INDEX CONCURRENTLY "subscriptions_next_action_at_id_idx" ON "subscriptions"("next_action_at", "id");
