-- A customer that its provider has deleted is known until another is made there.
ALTER TABLE "provider_customers" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);
