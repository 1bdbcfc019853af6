-- Alone in its file, so that each part commits: nobody who counts usage waits for long.
DO $$
DECLARE
  done_customer uuid;
  done_day date;
BEGIN
  LOOP
    WITH part AS (
      SELECT customer_id, day FROM usage_daily
      WHERE done_day IS NULL OR (customer_id, day) > (done_customer, done_day)
      ORDER BY customer_id, day LIMIT 2000 FOR NO KEY UPDATE
    ),
    leveled AS (
      UPDATE usage_daily u SET level = usage_level(u.calls) FROM part p
      WHERE u.customer_id = p.customer_id AND u.day = p.day AND u.level <> usage_level(u.calls)
    )
    SELECT customer_id, day INTO done_customer, done_day FROM part ORDER BY customer_id DESC, day DESC LIMIT 1;
    EXIT WHEN done_day IS NULL;
    COMMIT;
  END LOOP;
END $$;
