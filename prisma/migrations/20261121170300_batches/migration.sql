-- CreateTable
CREATE TABLE "batches" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "status" TEXT NOT NULL,
    "selection" JSONB,
    "found_to" UUID,
    "total" INTEGER NOT NULL DEFAULT 0,
    "done" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "actor_role" TEXT,
    "request_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "batches_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "batches_action" CHECK ("action" IN ('suspend', 'activate', 'archive', 'tag', 'untag', 'email')),
    CONSTRAINT "batches_status" CHECK ("status" IN ('preparing', 'running', 'done') AND ("status" = 'done') = ("finished_at" IS NOT NULL)),
    CONSTRAINT "batches_counts" CHECK ("total" >= 0 AND "done" >= 0 AND "unchanged" >= 0 AND "refused" >= 0 AND "done" + "unchanged" + "refused" <= "total"),
    CONSTRAINT "batches_actor" CHECK ("actor_kind" IN ('staff', 'service', 'system'))
);

-- CreateTable
CREATE TABLE "batch_items" (
    "batch_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "result" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,

    CONSTRAINT "batch_items_pkey" PRIMARY KEY ("batch_id","customer_id"),
    CONSTRAINT "batch_items_result" CHECK ("result" IN ('waiting', 'done', 'unchanged', 'refused') AND ("result" = 'refused') = ("reason" IS NOT NULL))
);

-- CreateIndex
CREATE INDEX "batches_status_worked_at_idx" ON "batches"("status", "worked_at");

-- CreateIndex
CREATE INDEX "batch_items_batch_id_result_customer_id_idx" ON "batch_items"("batch_id", "result", "customer_id");

-- AddForeignKey
ALTER TABLE "batch_items" ADD CONSTRAINT "batch_items_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "batches"("id") ON DELETE CASCADE ON UPDATE CASCADE;
