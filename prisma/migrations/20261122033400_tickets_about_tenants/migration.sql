-- A ticket can be about a tenant.
ALTER TABLE tickets
  DROP CONSTRAINT tickets_about,
  ADD CONSTRAINT tickets_about CHECK (
    about_kind IN ('invoice', 'key', 'license', 'subscription', 'tenant')
    AND (about_kind IS NULL) = (about_id IS NULL)) NOT VALID;
ALTER TABLE tickets VALIDATE CONSTRAINT tickets_about;
