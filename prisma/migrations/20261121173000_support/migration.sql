-- Support: tickets, what is said in them, files, canned replies.

-- CreateTable
CREATE TABLE "tickets" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "customer_id" UUID NOT NULL,
    "subject" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "priority" TEXT NOT NULL DEFAULT 'normal',
    "category" TEXT NOT NULL DEFAULT 'general',
    "assignee_id" UUID,
    "opened_by_kind" TEXT NOT NULL,
    "opened_by_id" UUID,
    "opened_by_name" TEXT NOT NULL,
    "about_kind" TEXT,
    "about_id" UUID,
    "last_message_at" TIMESTAMPTZ(3) NOT NULL,
    "last_message_by" TEXT NOT NULL,
    "response_due_at" TIMESTAMPTZ(3),
    "was_late" BOOLEAN NOT NULL DEFAULT false,
    "first_responded_at" TIMESTAMPTZ(3),
    "first_response_seconds" INTEGER,
    "resolved_at" TIMESTAMPTZ(3),
    "resolution_seconds" INTEGER,
    "closed_at" TIMESTAMPTZ(3),
    "merged_into_id" UUID,
    "satisfaction_score" SMALLINT,
    "satisfaction_comment" TEXT,
    "rated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tickets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_messages" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "author_kind" TEXT NOT NULL,
    "author_id" UUID,
    "author_name" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "is_internal" BOOLEAN NOT NULL DEFAULT false,
    "body" TEXT NOT NULL,
    "source" TEXT NOT NULL DEFAULT 'app',
    "mail_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" UUID NOT NULL,
    "message_id" UUID,
    "uploaded_by_kind" TEXT NOT NULL,
    "uploaded_by_id" UUID,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "canned_replies" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "canned_replies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ticket_counts" (
    "status" TEXT NOT NULL,
    "priority" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "slot" SMALLINT NOT NULL,
    "tickets" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ticket_counts_pkey" PRIMARY KEY ("status","priority","category","slot")
);

-- CreateIndex
CREATE UNIQUE INDEX "tickets_number_key" ON "tickets"("number");

-- CreateIndex
CREATE INDEX "tickets_customer_id_last_message_at_id_idx" ON "tickets"("customer_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_last_message_at_id_idx" ON "tickets"("last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_status_last_message_at_id_idx" ON "tickets"("status", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_assignee_id_last_message_at_id_idx" ON "tickets"("assignee_id", "last_message_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "tickets_merged_into_id_idx" ON "tickets"("merged_into_id");

-- CreateIndex
CREATE UNIQUE INDEX "ticket_messages_mail_id_key" ON "ticket_messages"("mail_id");

-- CreateIndex
CREATE INDEX "ticket_messages_ticket_id_id_idx" ON "ticket_messages"("ticket_id", "id");

-- CreateIndex
CREATE INDEX "attachments_message_id_idx" ON "attachments"("message_id");

-- CreateIndex
CREATE UNIQUE INDEX "canned_replies_name_key" ON "canned_replies"("name");

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "tickets"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ticket_messages" ADD CONSTRAINT "ticket_messages_ticket_id_fkey" FOREIGN KEY ("ticket_id") REFERENCES "tickets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_message_id_fkey" FOREIGN KEY ("message_id") REFERENCES "ticket_messages"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma does not model.
ALTER TABLE tickets
  ADD CONSTRAINT tickets_status CHECK (status IN ('open', 'pending', 'on_hold', 'resolved', 'closed')),
  ADD CONSTRAINT tickets_priority CHECK (priority IN ('urgent', 'high', 'normal', 'low')),
  ADD CONSTRAINT tickets_category CHECK (category IN ('general', 'billing', 'technical', 'account', 'feature_request')),
  ADD CONSTRAINT tickets_opened_by CHECK (opened_by_kind IN ('customer', 'staff', 'service', 'system')),
  ADD CONSTRAINT tickets_about CHECK (
    about_kind IN ('invoice', 'key', 'license', 'subscription') AND (about_kind IS NULL) = (about_id IS NULL)),
  ADD CONSTRAINT tickets_last_message_by CHECK (last_message_by IN ('customer', 'staff')),
  ADD CONSTRAINT tickets_closed CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
  -- What is over owes no answer.
  ADD CONSTRAINT tickets_due CHECK (response_due_at IS NULL OR status IN ('open', 'pending', 'on_hold')),
  ADD CONSTRAINT tickets_merged CHECK (merged_into_id IS NULL OR (status = 'closed' AND merged_into_id <> id)),
  ADD CONSTRAINT tickets_seconds CHECK (first_response_seconds >= 0 AND resolution_seconds >= 0),
  ADD CONSTRAINT tickets_satisfaction CHECK (
    satisfaction_score BETWEEN 1 AND 5 AND (satisfaction_score IS NULL) = (rated_at IS NULL));
ALTER TABLE ticket_messages
  ADD CONSTRAINT ticket_messages_author CHECK (author_kind IN ('customer', 'staff', 'service', 'system')),
  ADD CONSTRAINT ticket_messages_side CHECK (side IN ('customer', 'staff')),
  ADD CONSTRAINT ticket_messages_internal CHECK (NOT is_internal OR side = 'staff'),
  ADD CONSTRAINT ticket_messages_source CHECK (source IN ('app', 'mail') AND (source = 'mail') = (mail_id IS NOT NULL));
ALTER TABLE attachments
  ADD CONSTRAINT attachments_uploaded_by CHECK (uploaded_by_kind IN ('customer', 'staff', 'service', 'system')),
  ADD CONSTRAINT attachments_size CHECK (size_bytes > 0 AND size_bytes = octet_length(bytes) AND size_bytes <= 10000000),
  -- Most files are packed already.
  ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE ticket_counts
  ADD CONSTRAINT ticket_counts_slot CHECK (slot BETWEEN 0 AND 7);

-- The work at hand stays as small as it is, however many tickets there were before.
CREATE INDEX tickets_live ON tickets (last_message_at DESC, id DESC) WHERE status IN ('open', 'pending', 'on_hold');
CREATE INDEX tickets_unassigned ON tickets (last_message_at DESC, id DESC)
  WHERE assignee_id IS NULL AND status IN ('open', 'pending', 'on_hold');
CREATE INDEX tickets_due ON tickets (response_due_at) WHERE response_due_at IS NOT NULL;
CREATE INDEX tickets_resolved ON tickets (resolved_at) WHERE status = 'resolved';
CREATE INDEX tickets_subject ON tickets USING gin (subject gin_trgm_ops);
CREATE INDEX attachments_waiting ON attachments (created_at) WHERE message_id IS NULL;

-- Times of the last days are read from these alone.
CREATE INDEX tickets_opened_times ON tickets (created_at) INCLUDE (was_late);
CREATE INDEX tickets_response_times ON tickets (first_responded_at) INCLUDE (first_response_seconds)
  WHERE first_responded_at IS NOT NULL;
CREATE INDEX tickets_resolution_times ON tickets (resolved_at) INCLUDE (resolution_seconds)
  WHERE resolved_at IS NOT NULL;
CREATE INDEX tickets_ratings ON tickets (rated_at) INCLUDE (satisfaction_score) WHERE rated_at IS NOT NULL;

-- Counts that cost the same at a million tickets as at ten (decision 3). One row per group and slot.
CREATE FUNCTION count_tickets() RETURNS trigger LANGUAGE plpgsql AS $$
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
    INSERT INTO ticket_counts AS c (status, priority, category, slot, tickets)
    SELECT status, priority, category, $1, sum(n)
    FROM (%s) changes GROUP BY 1, 2, 3 HAVING sum(n) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (status, priority, category, slot) DO UPDATE SET tickets = c.tickets + excluded.tickets
  $sql$, changes) USING my_slot;
  RETURN NULL;
END $$;
CREATE TRIGGER counted_insert AFTER INSERT ON tickets REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_tickets();
CREATE TRIGGER counted_delete AFTER DELETE ON tickets REFERENCING OLD TABLE AS removed
  FOR EACH STATEMENT EXECUTE FUNCTION count_tickets();
CREATE TRIGGER counted_update AFTER UPDATE ON tickets REFERENCING OLD TABLE AS removed NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION count_tickets();
