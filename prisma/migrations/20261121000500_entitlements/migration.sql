-- AlterTable
ALTER TABLE "api_keys" ADD COLUMN     "allowed_ips" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "usage_daily" ADD COLUMN     "unpriced" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "usage_hourly" ADD COLUMN     "unpriced" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "usage_totals" ADD COLUMN     "unpriced" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "alerts" (
    "id" UUID NOT NULL,
    "customer_id" UUID,
    "kind" TEXT NOT NULL,
    "meter_id" UUID,
    "threshold" INTEGER NOT NULL DEFAULT 0,
    "subject" TEXT NOT NULL DEFAULT '',
    "period_start" TIMESTAMPTZ(3),
    "limit_amount" DECIMAL(38,12),
    "value" DECIMAL(38,12),
    "details" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recovered_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "customer_read_at" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quotas" (
    "subject_id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "meter_id" UUID NOT NULL,
    "amount" DECIMAL(38,12),
    "allows_overage" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quotas_pkey" PRIMARY KEY ("subject_id","meter_id")
);

-- CreateTable
CREATE TABLE "feature_grants" (
    "subject_id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" JSONB,
    "meter_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "feature_grants_pkey" PRIMARY KEY ("subject_id","feature")
);

-- CreateTable
CREATE TABLE "boosts" (
    "id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "meter_id" UUID,
    "amount" DECIMAL(38,12),
    "per_second" INTEGER,
    "per_minute" INTEGER,
    "per_hour" INTEGER,
    "per_day" INTEGER,
    "per_month" BIGINT,
    "reason" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "boosts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "customer_entitlements" (
    "customer_id" UUID NOT NULL,
    "plan_id" UUID,
    "plan_name" TEXT,
    "is_in_force" BOOLEAN NOT NULL DEFAULT true,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "period_end" TIMESTAMPTZ(3) NOT NULL,
    "previous_period_start" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "customer_entitlements_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "key_id" UUID,
    "meter_id" UUID,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "amount" DECIMAL(38,12) NOT NULL,
    "spend" DECIMAL(38,12) NOT NULL,
    "hold_subjects" UUID[],
    "hold_meters" UUID[],
    "hold_amounts" DECIMAL(38,12)[],
    "status" TEXT NOT NULL DEFAULT 'held',
    "settled_amount" DECIMAL(38,12),
    "settled_spend" DECIMAL(38,12),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meters" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "unit" TEXT NOT NULL DEFAULT '',
    "aggregation" TEXT NOT NULL,
    "field" TEXT,
    "property" TEXT,
    "event_meter" TEXT,
    "provider" TEXT,
    "model" TEXT,
    "is_system" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meter_usage" (
    "subject_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "value" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "value_at" TIMESTAMPTZ(3),
    "taken" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "held" DECIMAL(38,12) NOT NULL DEFAULT 0,
    "alert_above" DECIMAL NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meter_usage_pkey" PRIMARY KEY ("subject_id","meter_id","period_start")
);

-- CreateTable
CREATE TABLE "meter_uniques" (
    "subject_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "value_hash" BYTEA NOT NULL,

    CONSTRAINT "meter_uniques_pkey" PRIMARY KEY ("subject_id","meter_id","period_start","value_hash")
);

-- CreateIndex
CREATE INDEX "alerts_customer_id_id_idx" ON "alerts"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "quotas_meter_id_idx" ON "quotas"("meter_id");

-- CreateIndex
CREATE INDEX "feature_grants_meter_id_idx" ON "feature_grants"("meter_id");

-- CreateIndex
CREATE INDEX "boosts_subject_id_ends_at_idx" ON "boosts"("subject_id", "ends_at");

-- CreateIndex
CREATE INDEX "boosts_customer_id_ends_at_idx" ON "boosts"("customer_id", "ends_at");

-- CreateIndex
CREATE INDEX "customer_entitlements_plan_id_idx" ON "customer_entitlements"("plan_id");

-- CreateIndex
CREATE INDEX "reservations_customer_id_expires_at_idx" ON "reservations"("customer_id", "expires_at");

-- CreateIndex
CREATE INDEX "reservations_status_expires_at_idx" ON "reservations"("status", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "meters_name_key" ON "meters"("name");

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quotas" ADD CONSTRAINT "quotas_meter_id_fkey" FOREIGN KEY ("meter_id") REFERENCES "meters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_grants" ADD CONSTRAINT "feature_grants_meter_id_fkey" FOREIGN KEY ("meter_id") REFERENCES "meters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boosts" ADD CONSTRAINT "boosts_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "boosts" ADD CONSTRAINT "boosts_meter_id_fkey" FOREIGN KEY ("meter_id") REFERENCES "meters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_entitlements" ADD CONSTRAINT "customer_entitlements_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
