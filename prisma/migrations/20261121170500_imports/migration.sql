-- CreateTable
CREATE TABLE "imports" (
    "id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "made" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "actor_role" TEXT,
    "request_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "imports_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "imports_status" CHECK ("status" IN ('running', 'done', 'undoing', 'undone') AND ("status" IN ('done', 'undone')) = ("finished_at" IS NOT NULL)),
    CONSTRAINT "imports_counts" CHECK ("total" > 0 AND "made" >= 0 AND "refused" >= 0 AND "removed" >= 0 AND "kept" >= 0 AND "made" + "refused" <= "total" AND "removed" + "kept" <= "made"),
    CONSTRAINT "imports_actor" CHECK ("actor_kind" IN ('staff', 'service', 'system'))
);

-- CreateTable
CREATE TABLE "import_rows" (
    "import_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "input" JSONB,
    "customer_id" UUID,
    "result" TEXT NOT NULL DEFAULT 'waiting',
    "reason" TEXT,

    CONSTRAINT "import_rows_pkey" PRIMARY KEY ("import_id","line"),
    CONSTRAINT "import_rows_result" CHECK ("result" IN ('waiting', 'made', 'refused', 'removed', 'kept') AND ("result" IN ('refused', 'kept')) = ("reason" IS NOT NULL)),
    CONSTRAINT "import_rows_customer" CHECK (("result" IN ('made', 'removed', 'kept')) = ("customer_id" IS NOT NULL)),
    CONSTRAINT "import_rows_line" CHECK ("line" > 1)
);

-- CreateIndex
CREATE INDEX "imports_status_worked_at_idx" ON "imports"("status", "worked_at");

-- CreateIndex
CREATE INDEX "import_rows_import_id_result_line_idx" ON "import_rows"("import_id", "result", "line");

-- AddForeignKey
ALTER TABLE "import_rows" ADD CONSTRAINT "import_rows_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;
