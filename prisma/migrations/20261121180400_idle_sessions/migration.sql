-- A browser's session that ended since it was not used has ended for good, whatever the setting says
-- later: what held when it was used last stands in its row.

ALTER TABLE "sessions" ADD COLUMN "idle_at" TIMESTAMPTZ(3);

-- When it is last used is noted once a minute, and so it may idle for a minute more. NULL minutes: none ends so.
CREATE FUNCTION session_idle_at(kind text, used_at timestamptz, minutes int) RETURNS timestamptz LANGUAGE sql IMMUTABLE
RETURN CASE WHEN kind = 'browser' THEN used_at + (minutes + 1) * interval '60 seconds' END;

-- A setting that has become shorter holds at once.
CREATE FUNCTION session_was_left(s sessions, minutes int, at timestamptz) RETURNS boolean LANGUAGE sql STABLE
RETURN coalesce(least(s.idle_at, session_idle_at(s.kind, s.last_seen_at, minutes)) <= at, false);
