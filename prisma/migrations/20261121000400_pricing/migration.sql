-- The price book: dated prices of providers' units, and what an event costs by them.

-- CreateTable
CREATE TABLE "price_book" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "context_above" BIGINT NOT NULL DEFAULT 0,
    "input_per_million" DECIMAL(20,6),
    "output_per_million" DECIMAL(20,6),
    "cached_per_million" DECIMAL(20,6),
    "reasoning_per_million" DECIMAL(20,6),
    "per_call" DECIMAL(20,12),
    "per_unit" DECIMAL(20,12),
    "unit" TEXT,
    "cached_in_input" BOOLEAN NOT NULL DEFAULT true,
    "reasoning_in_output" BOOLEAN NOT NULL DEFAULT true,
    "currency" TEXT NOT NULL DEFAULT 'USD',
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "effective_to" TIMESTAMPTZ(3),
    "replaced_by" UUID,
    "source" TEXT NOT NULL,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_book_pkey" PRIMARY KEY ("id")
);

-- What Prisma cannot model.

-- Comes with PostgreSQL as pg_trgm does, and like it needs no superuser.
CREATE EXTENSION IF NOT EXISTS btree_gist;

ALTER TABLE price_book
  ADD CONSTRAINT price_book_provider CHECK (provider ~ '^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$'),
  ADD CONSTRAINT price_book_model CHECK (model = lower(model) AND model <> '' AND length(model) <= 128),
  ADD CONSTRAINT price_book_context CHECK (context_above >= 0),
  ADD CONSTRAINT price_book_prices CHECK (
    least(input_per_million, output_per_million, cached_per_million, reasoning_per_million, per_call, per_unit) >= 0),
  ADD CONSTRAINT price_book_priced CHECK (
    num_nonnulls(input_per_million, output_per_million, cached_per_million, reasoning_per_million, per_call, per_unit) > 0),
  ADD CONSTRAINT price_book_unit CHECK ((unit IS NULL) = (per_unit IS NULL) AND unit <> '' AND length(unit) <= 40),
  ADD CONSTRAINT price_book_currency CHECK (currency = 'USD'),
  -- An empty span is a price that was withdrawn before it began: it was never in force.
  ADD CONSTRAINT price_book_span CHECK (effective_to >= effective_from),
  ADD CONSTRAINT price_book_one_at_a_time EXCLUDE USING gist (
    provider WITH =, model WITH =, context_above WITH =, tstzrange(effective_from, effective_to) WITH &&);

-- By the end: events are young, so that few of a model's rows end after one.
CREATE INDEX price_book_in_force ON price_book (provider, model, coalesce(effective_to, 'infinity'));

-- Events keep the id of the row that priced them: all that changes of one is when it ends.
CREATE FUNCTION price_book_keep_prices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_jsonb(NEW) - '{effective_to,replaced_by,updated_at}'::text[]
     IS DISTINCT FROM to_jsonb(OLD) - '{effective_to,replaced_by,updated_at}'::text[] THEN
    RAISE EXCEPTION 'the prices of a price_book row never change; enter another row'
      USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_prices BEFORE UPDATE ON price_book
  FOR EACH ROW EXECUTE FUNCTION price_book_keep_prices();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON price_book
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The row in force at `at`, or none: the model's own before `*`, then the one of the greatest
-- context below the input tokens. A set of at most one, so that it becomes part of the query that
-- joins it laterally.
CREATE FUNCTION price_find(provider text, model text, tokens_input bigint, at timestamptz)
RETURNS SETOF price_book LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
  SELECT p.* FROM price_book p
  WHERE p.provider = lower(price_find.provider)
    AND p.model IN (lower(price_find.model), '*')
    AND p.effective_from <= price_find.at
    AND coalesce(p.effective_to, 'infinity') > price_find.at
    AND (p.context_above = 0 OR p.context_above < price_find.tokens_input)
  ORDER BY p.model = '*', p.context_above DESC
  LIMIT 1
$$;

-- What an event costs in USD, with 12 decimals; NULL without a price. Exact: a price has 6 decimals
-- for 1,000,000 tokens, and tokens are whole, so that only per_unit * quantity, of 24 decimals, is
-- rounded: half away from zero. NULL tokens are none, a NULL quantity is 1.
CREATE FUNCTION price_cost(
  price price_book, tokens_input bigint, tokens_output bigint, tokens_cached bigint, tokens_reasoning bigint,
  quantity numeric
) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN price.id IS NOT NULL THEN
  (
    (coalesce(tokens_input, 0)
      - CASE WHEN price.cached_in_input THEN least(coalesce(tokens_cached, 0), coalesce(tokens_input, 0)) ELSE 0 END)
      * coalesce(price.input_per_million, 0)
    + coalesce(tokens_cached, 0) * coalesce(price.cached_per_million, price.input_per_million, 0)
    + (coalesce(tokens_output, 0)
      - CASE WHEN price.reasoning_in_output THEN least(coalesce(tokens_reasoning, 0), coalesce(tokens_output, 0)) ELSE 0 END)
      * coalesce(price.output_per_million, 0)
    + coalesce(tokens_reasoning, 0) * coalesce(price.reasoning_per_million, price.output_per_million, 0)
  ) * 0.000001 -- and no division, which would round
  + coalesce(price.per_call, 0)
  + round(coalesce(price.per_unit, 0) * coalesce(quantity, 1), 12)
END;

-- The prices that every installation starts with.
INSERT INTO price_book (
  id, provider, model, context_above, input_per_million, output_per_million, cached_per_million, per_unit, unit,
  cached_in_input, reasoning_in_output, effective_from, source, updated_at)
SELECT
  -- UUIDv7s of the first millisecond of 2025, numbered.
  ('01941f29-7c00-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, provider, model, context_above,
  input_per_million::numeric, output_per_million::numeric, cached_per_million::numeric, per_unit::numeric, unit,
  cached_in_input, reasoning_in_output, '2025-01-01T00:00:00Z', source, now()
FROM (VALUES
  (1, 'gemini', 'gemini-2.0-flash-lite', 0, 0.075, 0.30, NULL, NULL, NULL, true, false,
    'Starting price list, 2025-01-01; compare with ai.google.dev/gemini-api/docs/pricing'),
  (2, 'gemini', 'gemini-2.5-flash', 0, 0.125, 0.375, NULL, NULL, NULL, true, false,
    'Starting price list, 2025-01-01; compare with ai.google.dev/gemini-api/docs/pricing'),
  (3, 'gemini', 'gemini-2.5-pro', 0, 1.25, 10.00, NULL, NULL, NULL, true, false,
    'Starting price list, 2025-01-01; compare with ai.google.dev/gemini-api/docs/pricing'),
  (4, 'gemini', 'gemini-2.5-pro', 200000, 2.50, 15.00, NULL, NULL, NULL, true, false,
    'Google''s list price for prompts over 200,000 tokens, 2025; compare with ai.google.dev/gemini-api/docs/pricing'),
  (5, 'openai', 'gpt-5', 0, 1.25, 10.00, 0.125, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (6, 'openai', 'gpt-5-mini', 0, 0.25, 2.00, 0.025, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (7, 'openai', 'gpt-5-nano', 0, 0.05, 0.40, 0.005, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (8, 'openai', 'gpt-4.1', 0, 2.00, 8.00, 0.50, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (9, 'openai', 'gpt-4.1-mini', 0, 0.40, 1.60, 0.10, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (10, 'openai', 'gpt-4.1-nano', 0, 0.10, 0.40, 0.025, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (11, 'openai', 'gpt-4o', 0, 2.50, 10.00, 1.25, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (12, 'openai', 'gpt-4o-mini', 0, 0.15, 0.60, 0.075, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (13, 'openai', 'o3', 0, 2.00, 8.00, 0.50, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (14, 'openai', 'o4-mini', 0, 1.10, 4.40, 0.275, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (15, 'openai', 'text-embedding-3-large', 0, 0.13, NULL, NULL, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (16, 'openai', 'text-embedding-3-small', 0, 0.02, NULL, NULL, NULL, NULL, true, true,
    'OpenAI''s list price, 2025; compare with openai.com/api/pricing'),
  (17, 'anthropic', 'claude-opus-4-1', 0, 15.00, 75.00, 1.50, NULL, NULL, false, true,
    'Anthropic''s list price, 2025; cached tokens are cache reads; compare with anthropic.com/pricing'),
  (18, 'anthropic', 'claude-sonnet-4-5', 0, 3.00, 15.00, 0.30, NULL, NULL, false, true,
    'Anthropic''s list price, 2025; cached tokens are cache reads; compare with anthropic.com/pricing'),
  (19, 'anthropic', 'claude-haiku-4-5', 0, 1.00, 5.00, 0.10, NULL, NULL, false, true,
    'Anthropic''s list price, 2025; cached tokens are cache reads; compare with anthropic.com/pricing'),
  (20, 'anthropic', 'claude-3-5-haiku', 0, 0.80, 4.00, 0.08, NULL, NULL, false, true,
    'Anthropic''s list price, 2025; cached tokens are cache reads; compare with anthropic.com/pricing'),
  (21, 'mistral', 'mistral-large-latest', 0, 2.00, 6.00, NULL, NULL, NULL, true, true,
    'Mistral''s list price, 2025; compare with mistral.ai/pricing'),
  (22, 'mistral', 'mistral-medium-latest', 0, 0.40, 2.00, NULL, NULL, NULL, true, true,
    'Mistral''s list price, 2025; compare with mistral.ai/pricing'),
  (23, 'mistral', 'mistral-small-latest', 0, 0.10, 0.30, NULL, NULL, NULL, true, true,
    'Mistral''s list price, 2025; compare with mistral.ai/pricing'),
  (24, 'mistral', 'codestral-latest', 0, 0.30, 0.90, NULL, NULL, NULL, true, true,
    'Mistral''s list price, 2025; compare with mistral.ai/pricing'),
  (25, 'mistral', 'mistral-embed', 0, 0.10, NULL, NULL, NULL, NULL, true, true,
    'Mistral''s list price, 2025; compare with mistral.ai/pricing'),
  (26, 'tavily', '*', 0, NULL, NULL, NULL, 0.001, 'search', true, true,
    'Starting price list, 2025-01-01; compare with tavily.com'),
  (27, 'serper', '*', 0, NULL, NULL, NULL, 0.001, 'search', true, true,
    'Starting price list, 2025-01-01; compare with serper.dev'),
  (28, 'exa', '*', 0, NULL, NULL, NULL, 0.003, 'search', true, true,
    'Starting price list, 2025-01-01; compare with exa.ai/pricing'),
  (29, 'metaphor', '*', 0, NULL, NULL, NULL, 0.003, 'search', true, true,
    'Starting price list, 2025-01-01; Exa''s former name'),
  (30, 'firecrawl', '*', 0, NULL, NULL, NULL, 0.00083, 'page', true, true,
    'A credit of the Standard plan (USD 83 for 100,000), 2025; compare with firecrawl.dev/pricing'),
  (31, 'stability', 'stable-image-ultra', 0, NULL, NULL, NULL, 0.08, 'image', true, true,
    'Stability''s list price at USD 0.01 a credit, 2025; compare with platform.stability.ai/pricing'),
  (32, 'stability', 'stable-image-core', 0, NULL, NULL, NULL, 0.03, 'image', true, true,
    'Stability''s list price at USD 0.01 a credit, 2025; compare with platform.stability.ai/pricing'),
  (33, 'stability', 'sd3.5-large', 0, NULL, NULL, NULL, 0.065, 'image', true, true,
    'Stability''s list price at USD 0.01 a credit, 2025; compare with platform.stability.ai/pricing'),
  (34, 'stability', 'sd3.5-medium', 0, NULL, NULL, NULL, 0.035, 'image', true, true,
    'Stability''s list price at USD 0.01 a credit, 2025; compare with platform.stability.ai/pricing')
) seed(
  n, provider, model, context_above, input_per_million, output_per_million, cached_per_million, per_unit, unit,
  cached_in_input, reasoning_in_output, source);
