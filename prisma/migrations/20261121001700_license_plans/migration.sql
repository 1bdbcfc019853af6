-- The licenses of a plan are listed by its versions, newest first.
CREATE INDEX "licenses_plan_version_id_id_idx" ON "licenses"("plan_version_id", "id" DESC);
