-- AlterTable
ALTER TABLE "customers" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "tags" (
    "name" TEXT NOT NULL,
    "customers" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "tags_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "segments" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "filters" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "segments_filters" CHECK (jsonb_typeof("filters") = 'object' AND "filters" <> '{}')
);

-- Two segments whose names differ in case only cannot be told apart.
CREATE UNIQUE INDEX "segments_name" ON "segments" (lower("name"));

-- How many customers have each tag, so that the list of tags costs the same with a million of them.
-- A statement that adds many counts once. Changes are counted row by row, which only those do that
-- write tags: the counters of customers are written all day.
CREATE FUNCTION count_tags(added text[], removed text[]) RETURNS void LANGUAGE sql AS $$
  -- In one order, so that two writers never wait for each other.
  INSERT INTO tags AS t (name, customers)
  SELECT name, sum(n) FROM (
    SELECT unnest(added) AS name, 1 AS n UNION ALL SELECT unnest(removed), -1
  ) changes
  GROUP BY name HAVING sum(n) <> 0 ORDER BY name
  ON CONFLICT (name) DO UPDATE SET customers = t.customers + excluded.customers
$$;
CREATE FUNCTION tags_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  written text[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    PERFORM count_tags(NEW.tags, OLD.tags);
    RETURN NULL;
  END IF;
  SELECT array_agg(tag) INTO written FROM changed CROSS JOIN unnest(tags) tag;
  IF written IS NULL THEN RETURN NULL; END IF;
  PERFORM CASE TG_OP WHEN 'INSERT' THEN count_tags(written, '{}') ELSE count_tags('{}', written) END;
  RETURN NULL;
END $$;
CREATE TRIGGER tagged_insert AFTER INSERT ON customers REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tags_written();
CREATE TRIGGER tagged_delete AFTER DELETE ON customers REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION tags_written();
CREATE TRIGGER tagged_update AFTER UPDATE OF tags ON customers FOR EACH ROW
  WHEN (NEW.tags IS DISTINCT FROM OLD.tags) EXECUTE FUNCTION tags_written();
