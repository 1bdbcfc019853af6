-- What Prisma cannot model of the first modules: checks, triggers, the search index.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE users
  ADD CONSTRAINT users_staff_role CHECK (staff_role IN ('owner', 'admin', 'billing', 'support', 'developer', 'viewer')),
  ADD CONSTRAINT users_email CHECK (email = lower(email));
ALTER TABLE memberships
  ADD CONSTRAINT memberships_role CHECK (role IN ('owner', 'billing', 'member'));
ALTER TABLE audit_log
  ADD CONSTRAINT audit_log_actor_kind CHECK (actor_kind IN ('staff', 'customer', 'service', 'system', 'public'));
ALTER TABLE customers
  ADD CONSTRAINT customers_status CHECK (status IN ('pending', 'active', 'suspended', 'archived')),
  ADD CONSTRAINT customers_email CHECK (email = lower(email)),
  ADD CONSTRAINT customers_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT customers_country CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT customers_usage_percentage CHECK (usage_percentage BETWEEN 0 AND 1000000),
  ADD CONSTRAINT customers_totals CHECK (
    least(device_count, licenses_total, licenses_active, subscriptions_total, subscriptions_active,
          domains_total, invoices_total, invoices_outstanding, invoices_overdue) >= 0);
ALTER TABLE limit_policies
  ADD CONSTRAINT limit_policies_subject_kind CHECK (subject_kind IN ('customer', 'key')),
  ADD CONSTRAINT limit_policies_windows CHECK (
    least(per_second, per_minute, per_hour, per_day, per_month) >= 0);
ALTER TABLE ledger_entries
  ADD CONSTRAINT ledger_entries_account CHECK (account IN ('customer_credit', 'adjustments')),
  ADD CONSTRAINT ledger_entries_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT ledger_entries_amount CHECK (amount_minor <> 0);

-- Rows that are history: nothing changes or removes them.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transactions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Debits equal credits, per currency, in every transaction that commits.
CREATE FUNCTION assert_ledger_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM ledger_entries WHERE transaction_id = NEW.transaction_id
             GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
    RAISE EXCEPTION 'ledger transaction % does not balance', NEW.transaction_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION assert_ledger_balance();

-- Search and sort keys of customers.
CREATE FUNCTION set_customer_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.sort_name := lower(coalesce(NEW.company_name, NEW.full_name));
  NEW.search_text := lower(concat_ws(' ', NEW.full_name, NEW.company_name, NEW.email, NEW.phone));
  RETURN NEW;
END $$;
CREATE TRIGGER search BEFORE INSERT OR UPDATE OF full_name, company_name, email, phone, search_text, sort_name
  ON customers FOR EACH ROW EXECUTE FUNCTION set_customer_search();
CREATE INDEX customers_search ON customers USING gin (search_text gin_trgm_ops);

-- Counts and sums that cost the same at a million customers as at ten. One row per group and
-- slot; a backend writes its own slot, so that writers seldom wait for each other.
CREATE FUNCTION count_customers() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  my_slot smallint := pg_backend_pid() % 8;
  -- A transition table exists only for its own event, hence the statements made as text.
  changes text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS n, * FROM added'
    WHEN 'DELETE' THEN 'SELECT -1 AS n, * FROM removed'
    ELSE 'SELECT 1 AS n, * FROM added UNION ALL SELECT -1 AS n, * FROM removed'
  END;
BEGIN
  EXECUTE format($sql$
    INSERT INTO customer_counts AS c (day, status, slot, customers)
    SELECT (joined_at AT TIME ZONE 'UTC')::date, status, $1, sum(n)
    FROM (%s) changes GROUP BY 1, 2 HAVING sum(n) <> 0 ORDER BY 1, 2
    ON CONFLICT (day, status, slot) DO UPDATE SET customers = c.customers + excluded.customers
  $sql$, changes) USING my_slot;

  EXECUTE format($sql$
    INSERT INTO customer_sums AS s
      (currency, slot, customers, balance_minor, revenue_minor, with_licenses, with_subscriptions)
    SELECT * FROM (
      SELECT currency, $1, sum(n) AS a, sum(n * balance_minor) AS b, sum(n * revenue_minor) AS c,
             sum(n * (licenses_active > 0)::int) AS d, sum(n * (subscriptions_active > 0)::int) AS e
      FROM (%s) changes GROUP BY currency
    ) sums WHERE (a, b, c, d, e) <> (0, 0, 0, 0, 0) ORDER BY currency
    ON CONFLICT (currency, slot) DO UPDATE SET
      customers = s.customers + excluded.customers,
      balance_minor = s.balance_minor + excluded.balance_minor,
      revenue_minor = s.revenue_minor + excluded.revenue_minor,
      with_licenses = s.with_licenses + excluded.with_licenses,
      with_subscriptions = s.with_subscriptions + excluded.with_subscriptions
  $sql$, changes) USING my_slot;
  RETURN NULL;
END $$;
CREATE TRIGGER counted_insert AFTER INSERT ON customers REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_customers();
CREATE TRIGGER counted_delete AFTER DELETE ON customers REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_customers();
CREATE TRIGGER counted_update AFTER UPDATE ON customers REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_customers();
