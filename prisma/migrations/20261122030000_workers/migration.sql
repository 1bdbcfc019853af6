-- Who runs jobs, and how they last ended.

CREATE TABLE "workers" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "is_inline" BOOLEAN NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "task_outcomes" (
    "task" TEXT NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "error" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_outcomes_pkey" PRIMARY KEY ("task"),
    CONSTRAINT "task_outcomes_duration_ms_check" CHECK ("duration_ms" >= 0)
);
