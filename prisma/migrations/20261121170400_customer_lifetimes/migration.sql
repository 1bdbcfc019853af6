-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "archived_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "customer_departures" (
    "slot" SMALLINT NOT NULL,
    "customers" INTEGER NOT NULL DEFAULT 0,
    "days" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "customer_departures_pkey" PRIMARY KEY ("slot")
);

-- When a customer left, which is when it was archived.
CREATE FUNCTION set_archived_at() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.status <> 'archived' THEN
    NEW.archived_at := NULL;
  ELSIF TG_OP = 'INSERT' OR OLD.status <> 'archived' THEN
    NEW.archived_at := greatest(now(), NEW.joined_at);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER archived BEFORE INSERT OR UPDATE OF status ON customers
  FOR EACH ROW EXECUTE FUNCTION set_archived_at();

-- How many have left, and after how many days in all: what customers stay for is reckoned from it.
-- A statement that adds many counts once.
CREATE FUNCTION count_departures(n bigint, stayed bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO customer_departures AS d (slot, customers, days)
  VALUES (pg_backend_pid() % 8, n, stayed)
  ON CONFLICT (slot) DO UPDATE SET customers = d.customers + excluded.customers, days = d.days + excluded.days
$$;
CREATE FUNCTION departures_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  n bigint := 0;
  stayed bigint := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.status = 'archived' THEN
      PERFORM count_departures(1, NEW.archived_at::date - NEW.joined_at::date);
    ELSE
      PERFORM count_departures(-1, OLD.joined_at::date - OLD.archived_at::date);
    END IF;
    RETURN NULL;
  END IF;
  SELECT count(*), sum(archived_at::date - joined_at::date) INTO n, stayed FROM changed WHERE status = 'archived';
  IF n = 0 THEN RETURN NULL; END IF;
  PERFORM CASE TG_OP WHEN 'INSERT' THEN count_departures(n, stayed) ELSE count_departures(-n, -stayed) END;
  RETURN NULL;
END $$;
CREATE TRIGGER departed_insert AFTER INSERT ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION departures_written();
CREATE TRIGGER departed_delete AFTER DELETE ON customers REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION departures_written();
CREATE TRIGGER departed_update AFTER UPDATE OF status ON customers FOR EACH ROW
  WHEN ((NEW.status = 'archived') <> (OLD.status = 'archived')) EXECUTE FUNCTION departures_written();

-- Of those archived before this was noted, the last change is the best that is known.
UPDATE customers SET archived_at = greatest(updated_at, joined_at) WHERE status = 'archived';
INSERT INTO customer_departures (slot, customers, days)
  SELECT 0, count(*), coalesce(sum(archived_at::date - joined_at::date), 0) FROM customers WHERE status = 'archived';
