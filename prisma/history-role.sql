-- Gives what is history to a role of its own (docs/database-roles.md). The app's role, which is
-- the one that owns the other tables, can then read it and add to it, and nothing else: it cannot
-- switch the triggers off either. Run it as a superuser, or as a role that may make roles and act
-- for the app's, after each update; it may run twice.
DO $$
DECLARE
  app text := (SELECT quote_ident(rolname) FROM pg_roles r JOIN pg_class c ON c.relowner = r.oid
               WHERE c.oid = 'public.customers'::regclass AND NOT rolsuper AND rolname <> current_user);
  history text;
BEGIN
  IF app IS NULL THEN
    RAISE EXCEPTION 'the app must own its tables by a role that is no superuser, and not the one that runs this';
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollkeeper_history') THEN
    CREATE ROLE tollkeeper_history NOLOGIN;
  END IF;
  -- Whoever is no superuser gives away only what both sides may have.
  EXECUTE format('GRANT tollkeeper_history TO %I', current_user);
  GRANT CREATE ON SCHEMA public TO tollkeeper_history;
  FOREACH history IN ARRAY '{ledger_transactions,ledger_entries,credit_notes,audit_log,audit_seals}'::text[] LOOP
    EXECUTE format('ALTER TABLE public.%I OWNER TO tollkeeper_history', history);
    EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, %s', history, app);
    EXECUTE format('GRANT SELECT, INSERT, REFERENCES ON public.%I TO %s', history, app);
  END LOOP;
  -- What the triggers run: who may replace a function may make it do nothing.
  ALTER FUNCTION public.refuse_change() OWNER TO tollkeeper_history;
  ALTER FUNCTION public.assert_ledger_balance() OWNER TO tollkeeper_history;
  ALTER FUNCTION public.refuse_all_but_redaction() OWNER TO tollkeeper_history;
  -- The one way to change an entry, for whom the app's role asks.
  ALTER FUNCTION public.audit_redact(uuid[], bytea[], bytea[]) OWNER TO tollkeeper_history;
  REVOKE ALL ON FUNCTION public.audit_redact(uuid[], bytea[], bytea[]) FROM PUBLIC;
  EXECUTE format('GRANT EXECUTE ON FUNCTION public.audit_redact(uuid[], bytea[], bytea[]) TO %s', app);
  REVOKE CREATE ON SCHEMA public FROM tollkeeper_history;
END $$;
