-- CreateTable
CREATE TABLE "backups" (
    "id" UUID NOT NULL,
    "file" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "bytes" BIGINT,
    "rows" BIGINT,
    "tables" INTEGER,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backups_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "backups_status_id_idx" ON "backups"("status", "id" DESC);

ALTER TABLE backups
  ADD CONSTRAINT backups_status CHECK (status IN ('running', 'ready', 'failed', 'deleted')),
  ADD CONSTRAINT backups_finished CHECK ((status = 'running') = (finished_at IS NULL));
