-- AlterTable
ALTER TABLE "audit_log" ADD COLUMN     "redacted_mac" BYTEA;

-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "erased_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "erasures" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "asked_by_kind" TEXT NOT NULL,
    "asked_by_id" UUID,
    "asked_by_name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "steps_done" INTEGER NOT NULL DEFAULT 0,
    "subjects" JSONB,
    "waits_for" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasures_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasures_customer_id_id_idx" ON "erasures"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "erasures_status_due_at_idx" ON "erasures"("status", "due_at");

ALTER TABLE erasures
  ADD CONSTRAINT erasures_status CHECK (status IN ('scheduled', 'waiting', 'running', 'done', 'canceled')),
  ADD CONSTRAINT erasures_asked_by_kind CHECK (asked_by_kind IN ('staff', 'service', 'customer', 'system')),
  ADD CONSTRAINT erasures_done CHECK ((status = 'done') = (finished_at IS NOT NULL) AND (status <> 'done' OR subjects IS NULL));
-- A customer is erased once.
CREATE UNIQUE INDEX erasures_open ON erasures (customer_id) WHERE status IN ('scheduled', 'waiting', 'running');

-- The audit log stays append only, but for this: an erasure takes out what an entry says of a person.
-- Its signature stays, which its seal is over, and a second one covers what is left.
DROP TRIGGER append_only ON audit_log;
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_all_but_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  emptied constant text[] := '{actor_name,on_behalf_of,before,after,ip,request_id,mac,redacted_mac}';
BEGIN
  IF OLD.redacted_mac IS NULL AND NEW.redacted_mac IS NOT NULL
     AND to_jsonb(NEW) - emptied = to_jsonb(OLD) - emptied
     AND NEW.mac = coalesce(OLD.mac, NEW.mac)
     AND num_nonnulls(NEW.before, NEW.after) = 0
     AND NEW.actor_name IN (OLD.actor_name, '[erased]')
     AND (NEW.on_behalf_of IS NULL OR NEW.on_behalf_of = '[erased]')
     AND (NEW.ip IS NULL OR NEW.ip = OLD.ip)
     AND (NEW.request_id IS NULL OR NEW.request_id = OLD.request_id) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '% is append only', TG_TABLE_NAME USING ERRCODE = 'object_not_in_prerequisite_state';
END $$;
CREATE TRIGGER append_only_but_redaction BEFORE UPDATE ON audit_log
  FOR EACH ROW EXECUTE FUNCTION refuse_all_but_redaction();

-- Takes out what entries say of a person. It runs as whoever owns the log, so that a role that may
-- only add to it can do this, and nothing else. `macs` are of entries from before there were any.
CREATE FUNCTION audit_redact(entries uuid[], macs bytea[], redacted_macs bytea[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH given AS (
    SELECT * FROM unnest(entries, macs, redacted_macs) g (id, mac, redacted_mac)
  ),
  redacted AS (
    UPDATE audit_log a SET
      before = NULL, after = NULL,
      actor_name = CASE WHEN a.actor_kind IN ('customer', 'public') THEN '[erased]' ELSE a.actor_name END,
      on_behalf_of = CASE WHEN a.on_behalf_of IS NOT NULL THEN '[erased]' END,
      ip = CASE WHEN a.actor_kind NOT IN ('customer', 'public') THEN a.ip END,
      mac = coalesce(a.mac, g.mac), redacted_mac = g.redacted_mac
    FROM given g WHERE a.id = g.id AND a.redacted_mac IS NULL
    RETURNING 1
  )
  SELECT count(*) FROM redacted
$$;
