-- Use that comes late of a subscription that has ended is billed once more, when its days are over.
ALTER TABLE "subscriptions" ADD COLUMN "late_until" TIMESTAMPTZ(3);
