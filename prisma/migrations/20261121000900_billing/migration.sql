-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "clock_at" TIMESTAMPTZ(3),
ADD COLUMN     "is_tax_exempt" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "is_test" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "tax_id" TEXT;

-- AlterTable
ALTER TABLE "ledger_transactions" ADD COLUMN     "invoice_id" UUID,
ADD COLUMN     "once_key" TEXT,
ADD COLUMN     "payment_id" UUID;

-- CreateTable
CREATE TABLE "invoices" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "subscription_id" UUID,
    "number" TEXT,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "payment_status" TEXT NOT NULL DEFAULT 'unpaid',
    "reason" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "subtotal_minor" BIGINT NOT NULL DEFAULT 0,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "tax_minor" BIGINT NOT NULL DEFAULT 0,
    "total_minor" BIGINT NOT NULL DEFAULT 0,
    "credit_minor" BIGINT NOT NULL DEFAULT 0,
    "paid_minor" BIGINT NOT NULL DEFAULT 0,
    "credited_minor" BIGINT NOT NULL DEFAULT 0,
    "due_minor" BIGINT NOT NULL DEFAULT 0,
    "period_start" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "seller" JSONB,
    "buyer" JSONB,
    "memo" TEXT,
    "provider" TEXT,
    "provider_invoice_id" TEXT,
    "issued_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "voided_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "billing_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_lines" (
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(38,12) NOT NULL DEFAULT 1,
    "unit_price" DECIMAL(38,12),
    "amount_minor" BIGINT NOT NULL,
    "discount_minor" BIGINT NOT NULL DEFAULT 0,
    "tax_rate_id" UUID,
    "tax_minor" BIGINT NOT NULL DEFAULT 0,
    "period_start" TIMESTAMPTZ(3),
    "period_end" TIMESTAMPTZ(3),
    "meter_id" UUID,
    "metadata" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "invoice_lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_taxes" (
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "tax_rate_id" UUID,
    "name" TEXT NOT NULL,
    "rate" DECIMAL(9,6) NOT NULL,
    "is_inclusive" BOOLEAN NOT NULL,
    "reverse_charge" BOOLEAN NOT NULL DEFAULT false,
    "taxable_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,

    CONSTRAINT "invoice_taxes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoice_series" (
    "series" TEXT NOT NULL,
    "last" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "invoice_series_pkey" PRIMARY KEY ("series")
);

-- CreateTable
CREATE TABLE "credit_notes" (
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "tax_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "memo" TEXT,
    "to_due_minor" BIGINT NOT NULL,
    "to_credit_minor" BIGINT NOT NULL,
    "to_refund_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_notes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tax_rates" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT,
    "region" TEXT,
    "rate" DECIMAL(9,6) NOT NULL,
    "is_inclusive" BOOLEAN NOT NULL DEFAULT false,
    "allows_reverse_charge" BOOLEAN NOT NULL DEFAULT false,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "effective_to" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "coupons" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "percent" DECIMAL(9,6),
    "amount_minor" BIGINT,
    "currency" TEXT,
    "duration" TEXT NOT NULL,
    "months" INTEGER,
    "max_redemptions" INTEGER,
    "redemptions" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "coupons_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "licenses" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "subscription_id" UUID,
    "plan_version_id" UUID,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "interval" TEXT NOT NULL DEFAULT 'month',
    "max_machines" INTEGER,
    "max_domains" INTEGER,
    "is_floating" BOOLEAN NOT NULL DEFAULT false,
    "lease_seconds" INTEGER NOT NULL DEFAULT 600,
    "churn_limit" INTEGER,
    "quotas" JSONB NOT NULL DEFAULT '{}',
    "starts_on_activation" BOOLEAN NOT NULL DEFAULT false,
    "valid_days" INTEGER,
    "activated_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_validated_at" TIMESTAMPTZ(3),
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "licenses_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activations" (
    "id" UUID NOT NULL,
    "license_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "name" TEXT,
    "last_heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "freed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "license_signing_keys" (
    "id" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "private_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "license_signing_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "domains" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "domains_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "last_seen_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payments" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "refunded_minor" BIGINT NOT NULL DEFAULT 0,
    "unallocated_minor" BIGINT NOT NULL DEFAULT 0,
    "provider" TEXT NOT NULL,
    "provider_payment_id" TEXT,
    "method" TEXT NOT NULL,
    "payment_method_id" UUID,
    "reference" TEXT,
    "note" TEXT,
    "failure_code" TEXT,
    "failure_message" TEXT,
    "receipt_number" TEXT,
    "paid_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_allocations" (
    "payment_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_allocations_pkey" PRIMARY KEY ("payment_id","invoice_id")
);

-- CreateTable
CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "credit_note_id" UUID,
    "status" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "provider_refund_id" TEXT,
    "failure_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_methods" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_method_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "brand" TEXT,
    "last_four" TEXT,
    "expires_month" INTEGER,
    "expires_year" INTEGER,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "detached_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "payment_methods_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "provider_customers" (
    "provider" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "provider_customers_pkey" PRIMARY KEY ("provider","customer_id")
);

-- CreateTable
CREATE TABLE "checkout_sessions" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "subscription_id" UUID,
    "invoice_id" UUID,
    "provider" TEXT NOT NULL,
    "provider_session_id" TEXT,
    "url" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "currency" TEXT,
    "amount_minor" BIGINT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkout_sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbound_webhooks" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "occurred_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plans" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "is_public" BOOLEAN NOT NULL DEFAULT true,
    "position" INTEGER NOT NULL DEFAULT 0,
    "current_version_id" UUID,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_versions" (
    "id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "trial_days" INTEGER NOT NULL DEFAULT 0,
    "limits" JSONB,
    "spend_cap" DECIMAL(38,12),
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "plan_versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_prices" (
    "id" UUID NOT NULL,
    "plan_version_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,

    CONSTRAINT "plan_prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_features" (
    "id" UUID NOT NULL,
    "plan_version_id" UUID NOT NULL,
    "feature" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "value" JSONB,
    "meter_id" UUID,
    "quota" DECIMAL(38,12),
    "allows_overage" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "plan_features_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_charges" (
    "id" UUID NOT NULL,
    "plan_version_id" UUID NOT NULL,
    "meter_id" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "terms" JSONB NOT NULL,

    CONSTRAINT "plan_charges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "plan_version_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "has_access" BOOLEAN NOT NULL DEFAULT false,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "currency" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "provider" TEXT NOT NULL DEFAULT 'manual',
    "provider_subscription_id" TEXT,
    "payment_method_id" UUID,
    "coupon_id" UUID,
    "coupon_until" TIMESTAMPTZ(3),
    "anchor_at" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "period_number" INTEGER NOT NULL DEFAULT 0,
    "current_period_start" TIMESTAMPTZ(3) NOT NULL,
    "current_period_end" TIMESTAMPTZ(3) NOT NULL,
    "trial_end" TIMESTAMPTZ(3),
    "cancel_at" TIMESTAMPTZ(3),
    "cancel_reason" TEXT,
    "cancel_comment" TEXT,
    "canceled_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "resumes_at" TIMESTAMPTZ(3),
    "grace_until" TIMESTAMPTZ(3),
    "next_action_at" TIMESTAMPTZ(3),
    "dunning_step" INTEGER NOT NULL DEFAULT 0,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "subscription_changes" (
    "id" UUID NOT NULL,
    "subscription_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,
    "money" JSONB,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "subscription_changes_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "invoices_number_key" ON "invoices"("number");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_billing_key_key" ON "invoices"("billing_key");

-- CreateIndex
CREATE INDEX "invoices_customer_id_id_idx" ON "invoices"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "invoices_status_id_idx" ON "invoices"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "invoices_status_due_at_idx" ON "invoices"("status", "due_at");

-- CreateIndex
CREATE INDEX "invoices_subscription_id_idx" ON "invoices"("subscription_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_provider_provider_invoice_id_key" ON "invoices"("provider", "provider_invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_lines_invoice_id_position_key" ON "invoice_lines"("invoice_id", "position");

-- CreateIndex
CREATE INDEX "invoice_taxes_invoice_id_idx" ON "invoice_taxes"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "credit_notes_number_key" ON "credit_notes"("number");

-- CreateIndex
CREATE INDEX "credit_notes_invoice_id_idx" ON "credit_notes"("invoice_id");

-- CreateIndex
CREATE INDEX "credit_notes_customer_id_id_idx" ON "credit_notes"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "tax_rates_country_effective_from_idx" ON "tax_rates"("country", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "coupons_code_key" ON "coupons"("code");

-- CreateIndex
CREATE UNIQUE INDEX "licenses_key_key" ON "licenses"("key");

-- CreateIndex
CREATE INDEX "licenses_customer_id_id_idx" ON "licenses"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "licenses_subscription_id_idx" ON "licenses"("subscription_id");

-- CreateIndex
CREATE INDEX "licenses_status_expires_at_idx" ON "licenses"("status", "expires_at");

-- CreateIndex
CREATE INDEX "activations_license_id_kind_freed_at_idx" ON "activations"("license_id", "kind", "freed_at");

-- CreateIndex
CREATE UNIQUE INDEX "domains_customer_id_name_key" ON "domains"("customer_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "devices_customer_id_identifier_key" ON "devices"("customer_id", "identifier");

-- CreateIndex
CREATE UNIQUE INDEX "payments_receipt_number_key" ON "payments"("receipt_number");

-- CreateIndex
CREATE INDEX "payments_customer_id_id_idx" ON "payments"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "payments_status_id_idx" ON "payments"("status", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "payments_provider_provider_payment_id_key" ON "payments"("provider", "provider_payment_id");

-- CreateIndex
CREATE INDEX "payment_allocations_invoice_id_idx" ON "payment_allocations"("invoice_id");

-- CreateIndex
CREATE UNIQUE INDEX "refunds_provider_refund_id_key" ON "refunds"("provider_refund_id");

-- CreateIndex
CREATE INDEX "refunds_payment_id_idx" ON "refunds"("payment_id");

-- CreateIndex
CREATE INDEX "refunds_customer_id_id_idx" ON "refunds"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "payment_methods_customer_id_idx" ON "payment_methods"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_methods_provider_provider_method_id_key" ON "payment_methods"("provider", "provider_method_id");

-- CreateIndex
CREATE UNIQUE INDEX "provider_customers_provider_external_id_key" ON "provider_customers"("provider", "external_id");

-- CreateIndex
CREATE INDEX "checkout_sessions_customer_id_idx" ON "checkout_sessions"("customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "checkout_sessions_provider_provider_session_id_key" ON "checkout_sessions"("provider", "provider_session_id");

-- CreateIndex
CREATE INDEX "inbound_webhooks_status_id_idx" ON "inbound_webhooks"("status", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "inbound_webhooks_provider_event_id_key" ON "inbound_webhooks"("provider", "event_id");

-- CreateIndex
CREATE UNIQUE INDEX "plans_code_key" ON "plans"("code");

-- CreateIndex
CREATE UNIQUE INDEX "plans_current_version_id_key" ON "plans"("current_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_versions_plan_id_number_key" ON "plan_versions"("plan_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "plan_prices_plan_version_id_currency_interval_key" ON "plan_prices"("plan_version_id", "currency", "interval");

-- CreateIndex
CREATE UNIQUE INDEX "plan_features_plan_version_id_feature_key" ON "plan_features"("plan_version_id", "feature");

-- CreateIndex
CREATE UNIQUE INDEX "plan_charges_plan_version_id_meter_id_currency_key" ON "plan_charges"("plan_version_id", "meter_id", "currency");

-- CreateIndex
CREATE INDEX "subscriptions_customer_id_id_idx" ON "subscriptions"("customer_id", "id" DESC);

-- CreateIndex
CREATE INDEX "subscriptions_next_action_at_idx" ON "subscriptions"("next_action_at");

-- CreateIndex
CREATE INDEX "subscriptions_status_id_idx" ON "subscriptions"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "subscriptions_plan_version_id_idx" ON "subscriptions"("plan_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscriptions_provider_provider_subscription_id_key" ON "subscriptions"("provider", "provider_subscription_id");

-- CreateIndex
CREATE INDEX "subscription_changes_subscription_id_id_idx" ON "subscription_changes"("subscription_id", "id" DESC);

-- CreateIndex
CREATE INDEX "subscription_changes_status_effective_at_idx" ON "subscription_changes"("status", "effective_at");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transactions_once_key_key" ON "ledger_transactions"("once_key");

-- CreateIndex
CREATE INDEX "ledger_transactions_invoice_id_idx" ON "ledger_transactions"("invoice_id");

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_lines" ADD CONSTRAINT "invoice_lines_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_taxes" ADD CONSTRAINT "invoice_taxes_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "credit_notes" ADD CONSTRAINT "credit_notes_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "licenses" ADD CONSTRAINT "licenses_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activations" ADD CONSTRAINT "activations_license_id_fkey" FOREIGN KEY ("license_id") REFERENCES "licenses"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domains" ADD CONSTRAINT "domains_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payments" ADD CONSTRAINT "payments_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_allocations" ADD CONSTRAINT "payment_allocations_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_allocations" ADD CONSTRAINT "payment_allocations_invoice_id_fkey" FOREIGN KEY ("invoice_id") REFERENCES "invoices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "payments"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "payment_methods" ADD CONSTRAINT "payment_methods_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "provider_customers" ADD CONSTRAINT "provider_customers_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkout_sessions" ADD CONSTRAINT "checkout_sessions_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_versions" ADD CONSTRAINT "plan_versions_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "plans"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_prices" ADD CONSTRAINT "plan_prices_plan_version_id_fkey" FOREIGN KEY ("plan_version_id") REFERENCES "plan_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_features" ADD CONSTRAINT "plan_features_plan_version_id_fkey" FOREIGN KEY ("plan_version_id") REFERENCES "plan_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_charges" ADD CONSTRAINT "plan_charges_plan_version_id_fkey" FOREIGN KEY ("plan_version_id") REFERENCES "plan_versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_plan_version_id_fkey" FOREIGN KEY ("plan_version_id") REFERENCES "plan_versions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription_changes" ADD CONSTRAINT "subscription_changes_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscriptions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot model: checks, and what may not change once it has been agreed or issued.

ALTER TABLE customers ADD CONSTRAINT customers_clock CHECK (is_test OR clock_at IS NULL);
ALTER TABLE plans ADD CONSTRAINT plans_code CHECK (code ~ '^[a-z][a-z0-9_-]{0,63}$');
ALTER TABLE plan_versions
  ADD CONSTRAINT plan_versions_status CHECK (status IN ('draft', 'published') AND (status = 'published') = (published_at IS NOT NULL)),
  ADD CONSTRAINT plan_versions_numbers CHECK (number > 0 AND trial_days BETWEEN 0 AND 730 AND spend_cap >= 0);
ALTER TABLE plan_prices
  ADD CONSTRAINT plan_prices_interval CHECK (interval IN ('month', 'year')),
  ADD CONSTRAINT plan_prices_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT plan_prices_amount CHECK (amount_minor >= 0);
ALTER TABLE plan_features
  ADD CONSTRAINT plan_features_kind CHECK (
    CASE kind WHEN 'boolean' THEN jsonb_typeof(value) = 'boolean' WHEN 'static' THEN value IS NOT NULL
              WHEN 'metered' THEN meter_id IS NOT NULL ELSE false END),
  ADD CONSTRAINT plan_features_quota CHECK (quota >= 0);
ALTER TABLE plan_charges
  ADD CONSTRAINT plan_charges_model CHECK (model IN ('flat', 'per_unit', 'graduated', 'volume', 'package')),
  ADD CONSTRAINT plan_charges_currency CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE subscriptions
  ADD CONSTRAINT subscriptions_status CHECK (
    status IN ('incomplete', 'trialing', 'active', 'past_due', 'paused', 'canceled', 'unpaid', 'incomplete_expired')),
  ADD CONSTRAINT subscriptions_interval CHECK (interval IN ('month', 'year')),
  ADD CONSTRAINT subscriptions_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT subscriptions_amounts CHECK (amount_minor >= 0 AND quantity BETWEEN 1 AND 1000000 AND period_number >= 0),
  ADD CONSTRAINT subscriptions_period CHECK (current_period_end > current_period_start),
  ADD CONSTRAINT subscriptions_ended CHECK ((status IN ('canceled', 'incomplete_expired')) = (ended_at IS NOT NULL));
ALTER TABLE subscription_changes
  ADD CONSTRAINT subscription_changes_status CHECK (status IN ('scheduled', 'applied', 'canceled', 'failed'));
ALTER TABLE invoices
  ADD CONSTRAINT invoices_status CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
  ADD CONSTRAINT invoices_payment_status CHECK (
    payment_status IN ('unpaid', 'pending', 'partially_paid', 'paid', 'partially_refunded', 'refunded', 'failed')),
  ADD CONSTRAINT invoices_reason CHECK (
    reason IN ('subscription_create', 'subscription_cycle', 'subscription_update', 'manual')),
  ADD CONSTRAINT invoices_currency CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT invoices_numbered CHECK ((status = 'draft') = (number IS NULL) AND (status = 'draft') = (issued_at IS NULL)),
  ADD CONSTRAINT invoices_amounts CHECK (
    least(discount_minor, credit_minor, paid_minor, credited_minor, due_minor) >= 0),
  ADD CONSTRAINT invoices_due CHECK (
    CASE WHEN status IN ('open', 'paid', 'uncollectible')
      THEN due_minor = greatest(total_minor - credit_minor - paid_minor - credited_minor, 0) ELSE due_minor = 0 END),
  ADD CONSTRAINT invoices_paid CHECK (status <> 'paid' OR due_minor = 0);
ALTER TABLE invoice_lines
  ADD CONSTRAINT invoice_lines_kind CHECK (kind IN ('base_fee', 'proration', 'overage', 'one_off', 'discount', 'adjustment'));
ALTER TABLE invoice_taxes ADD CONSTRAINT invoice_taxes_rate CHECK (rate BETWEEN 0 AND 100);
ALTER TABLE credit_notes
  ADD CONSTRAINT credit_notes_amounts CHECK (
    total_minor > 0 AND least(tax_minor, to_due_minor, to_credit_minor, to_refund_minor) >= 0
    AND total_minor = to_due_minor + to_credit_minor + to_refund_minor);
ALTER TABLE tax_rates
  ADD CONSTRAINT tax_rates_rate CHECK (rate BETWEEN 0 AND 100),
  ADD CONSTRAINT tax_rates_span CHECK (effective_to > effective_from);
ALTER TABLE coupons
  ADD CONSTRAINT coupons_duration CHECK (duration IN ('once', 'repeating', 'forever') AND (duration = 'repeating') = (months IS NOT NULL)),
  ADD CONSTRAINT coupons_off CHECK (
    num_nonnulls(percent, amount_minor) = 1 AND (amount_minor IS NULL) = (currency IS NULL)
    AND (percent > 0 AND percent <= 100) IS NOT FALSE AND (amount_minor > 0) IS NOT FALSE),
  ADD CONSTRAINT coupons_redemptions CHECK (redemptions >= 0 AND redemptions <= coalesce(max_redemptions, redemptions));
ALTER TABLE payments
  ADD CONSTRAINT payments_status CHECK (status IN ('pending', 'requires_action', 'succeeded', 'failed', 'canceled')),
  ADD CONSTRAINT payments_amounts CHECK (
    amount_minor > 0 AND refunded_minor BETWEEN 0 AND amount_minor AND unallocated_minor BETWEEN 0 AND amount_minor);
ALTER TABLE payment_allocations ADD CONSTRAINT payment_allocations_amount CHECK (amount_minor > 0);
ALTER TABLE refunds
  ADD CONSTRAINT refunds_status CHECK (status IN ('pending', 'succeeded', 'failed', 'canceled')),
  ADD CONSTRAINT refunds_amount CHECK (amount_minor > 0);
CREATE UNIQUE INDEX payment_methods_default ON payment_methods (customer_id) WHERE is_default AND detached_at IS NULL;
ALTER TABLE checkout_sessions
  ADD CONSTRAINT checkout_sessions_purpose CHECK (purpose IN ('subscription', 'invoice', 'setup')),
  ADD CONSTRAINT checkout_sessions_status CHECK (status IN ('open', 'completed', 'expired'));
ALTER TABLE inbound_webhooks
  ADD CONSTRAINT inbound_webhooks_status CHECK (status IN ('received', 'processed', 'ignored', 'failed', 'dead'));
ALTER TABLE licenses
  ADD CONSTRAINT licenses_status CHECK (status IN ('active', 'suspended', 'expired', 'revoked', 'pending')),
  ADD CONSTRAINT licenses_interval CHECK (interval IN ('month', 'year', 'once')),
  ADD CONSTRAINT licenses_counts CHECK (least(max_machines, max_domains, churn_limit) >= 0 AND lease_seconds > 0);
ALTER TABLE activations ADD CONSTRAINT activations_kind CHECK (kind IN ('machine', 'domain'));
CREATE UNIQUE INDEX activations_live ON activations (license_id, kind, identifier) WHERE freed_at IS NULL;
ALTER TABLE ledger_entries
  DROP CONSTRAINT ledger_entries_account,
  ADD CONSTRAINT ledger_entries_account CHECK (account IN (
    'customer_credit', 'receivable', 'revenue', 'tax_payable', 'cash', 'refunds', 'bad_debt', 'adjustments'));

-- A published version and its parts stay as they are: subscriptions were agreed on them.
CREATE FUNCTION keep_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  part jsonb := to_jsonb(coalesce(OLD, NEW));
  version_id uuid := coalesce(part ->> 'plan_version_id', part ->> 'id')::uuid;
BEGIN
  IF EXISTS (SELECT FROM plan_versions WHERE id = version_id AND status = 'published')
     AND (TG_OP <> 'UPDATE' OR to_jsonb(NEW) - 'updated_at' IS DISTINCT FROM to_jsonb(OLD) - 'updated_at') THEN
    RAISE EXCEPTION 'a published version of a plan never changes; publish another one'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_published BEFORE UPDATE OR DELETE ON plan_versions FOR EACH ROW EXECUTE FUNCTION keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON plan_prices FOR EACH ROW EXECUTE FUNCTION keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON plan_features FOR EACH ROW EXECUTE FUNCTION keep_published();
CREATE TRIGGER keep_published BEFORE INSERT OR UPDATE OR DELETE ON plan_charges FOR EACH ROW EXECUTE FUNCTION keep_published();

-- An issued invoice keeps its parties, lines and sums; what is paid of it, and its end, may follow.
CREATE FUNCTION keep_issued() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free constant text[] := '{status,payment_status,credit_minor,paid_minor,credited_minor,due_minor,due_at,paid_at,voided_at,sent_at,provider,provider_invoice_id,updated_at}';
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft' OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free) THEN
    RAISE EXCEPTION 'an issued invoice never changes; write a credit note'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_issued BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION keep_issued();
CREATE FUNCTION keep_issued_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM invoices WHERE id = coalesce(NEW.invoice_id, OLD.invoice_id) AND status <> 'draft') THEN
    RAISE EXCEPTION 'the lines of an issued invoice never change; write a credit note'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_issued BEFORE INSERT OR UPDATE OR DELETE ON invoice_lines FOR EACH ROW EXECUTE FUNCTION keep_issued_part();
CREATE TRIGGER keep_issued BEFORE INSERT OR UPDATE OR DELETE ON invoice_taxes FOR EACH ROW EXECUTE FUNCTION keep_issued_part();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_notes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
