-- Licenses: who suspended one, which reminder went out, search by a key's beginning, and the question
-- that is asked of them most.

ALTER TABLE licenses
  ADD COLUMN suspended_by TEXT,
  ADD COLUMN reminded_days INTEGER,
  ADD CONSTRAINT licenses_suspended CHECK (
    suspended_by IN ('staff', 'subscription') AND (status = 'suspended') = (suspended_by IS NOT NULL)),
  ADD CONSTRAINT licenses_valid_days CHECK (valid_days > 0),
  ADD CONSTRAINT licenses_pending CHECK (status <> 'pending' OR activated_at IS NULL);

-- What stands in the way of a deletion is counted; licenses that have ended go with their customer.
ALTER TABLE licenses
  DROP CONSTRAINT licenses_customer_id_fkey,
  ADD CONSTRAINT licenses_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers (id)
    ON DELETE CASCADE ON UPDATE CASCADE;

CREATE INDEX licenses_key_prefix ON licenses (key text_pattern_ops);
CREATE INDEX licenses_ending ON licenses (expires_at) WHERE status = 'active' AND expires_at IS NOT NULL;
CREATE INDEX activations_freed ON activations (license_id, freed_at) WHERE freed_at IS NOT NULL;

-- One key signs at a time.
CREATE UNIQUE INDEX license_signing_keys_current ON license_signing_keys ((true)) WHERE retired_at IS NULL;

-- The state of licenses by their keys, and of what they are used on; a row per question, in order.
-- When a license was last asked about is noted once a minute, unless somebody holds its row.
CREATE FUNCTION license_validate(keys text[], kinds text[], identifiers text[])
RETURNS TABLE (ordinal bigint, license jsonb, machines bigint, domains bigint, activation jsonb)
LANGUAGE sql AS $$
  WITH asked AS (
    SELECT q.ordinal, l.id FROM unnest(keys) WITH ORDINALITY q(key, ordinal) LEFT JOIN licenses l ON l.key = q.key
  ), stale AS (
    SELECT l.id FROM licenses l
    WHERE l.id IN (SELECT id FROM asked)
      AND (l.last_validated_at IS NULL OR l.last_validated_at < now() - interval '1 minute')
    ORDER BY l.id FOR NO KEY UPDATE SKIP LOCKED
  ), noted AS (
    UPDATE licenses l SET last_validated_at = now() FROM stale WHERE l.id = stale.id
  )
  SELECT a.ordinal,
    CASE WHEN l.id IS NOT NULL THEN to_jsonb(l) || jsonb_build_object('customer_status', c.status, 'customer_name', coalesce(c.company_name, c.full_name)) END,
    live.machines, live.domains,
    (SELECT to_jsonb(t) FROM activations t
      WHERE t.license_id = l.id AND t.kind = kinds[a.ordinal] AND t.identifier = identifiers[a.ordinal]
        AND t.freed_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()))
  FROM asked a
  LEFT JOIN licenses l ON l.id = a.id
  LEFT JOIN customers c ON c.id = l.customer_id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE t.kind = 'machine') AS machines, count(*) FILTER (WHERE t.kind = 'domain') AS domains
    FROM activations t
    WHERE t.license_id = l.id AND t.freed_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
  ) live
  ORDER BY a.ordinal
$$;
