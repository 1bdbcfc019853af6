/**
 * The windows of a customer and of its keys, decided in Redis as limit_counter_at,
 * limit_counter_plus and limit_wait_ms do in PostgreSQL (there is why). KEYS: the customer's state,
 * then those of the lineages; all have one hash tag, so that a cluster keeps them on one node.
 * ARGV[1]: { at?, period, left, asks: [{ cost, consume, limits, key?, key_limits? }] }, with -1 for
 * unlimited and `key` a place in KEYS. The clock is Redis' own; `at` is for tests.
 * Answers by ask: { wait, window, source, used, key_used }; no window: it is admitted; wait -1: never.
 */
export const windowsScript = `
local WIDTHS, SLOTS, FIRST = {100, 1000, 60000, 1440000}, {11, 61, 61, 61}, {0, 11, 72, 133}
local MOST, DAY = 2147483647, 86400000
local input = cjson.decode(ARGV[1])
local at = input.at
if not at then
  local time = redis.call('TIME')
  at = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function slot(w, bucket) return FIRST[w] + bucket % SLOTS[w] + 1 end

local function load(key)
  local stored = redis.call('GET', key)
  local s
  if stored then s = cmsgpack.unpack(stored)
  else
    s = {b = {0, 0, 0, 0}, u = {0, 0, 0, 0, 0}, r = {}, m = 0, o = 0, ou = 0}
    for i = 1, 194 do s.r[i] = 0 end
  end
  local changed = false
  for w = 1, 4 do
    local bucket = math.floor(at / WIDTHS[w])
    local passed = bucket - s.b[w]
    if passed > 0 or passed <= -SLOTS[w] then
      if passed >= SLOTS[w] or passed < 0 then
        for i = 1, SLOTS[w] do s.r[FIRST[w] + i] = 0 end
        if passed < 0 then
          s.u[w] = math.min(s.u[w], MOST)
          s.r[slot(w, bucket)] = s.u[w]
          changed = true
        else
          s.u[w] = 0
        end
      else
        for i = 1, passed do
          local x = slot(w, s.b[w] + i)
          s.u[w] = s.u[w] - s.r[x]
          s.r[x] = 0
        end
      end
      s.b[w] = bucket
    end
  end
  if input.period ~= s.m then
    local used = s.u[5]
    if input.period == s.o then s.u[5] = s.ou elseif input.period > s.m then s.u[5] = 0 end
    s.o, s.ou, s.m = s.m, used, input.period
  end
  return {s = s, changed = changed}
end

local function add(state, amount)
  local s = state.s
  for w = 1, 4 do
    local x = slot(w, s.b[w])
    local counted = math.min(amount, MOST - s.r[x])
    s.r[x] = s.r[x] + counted
    s.u[w] = s.u[w] + counted
  end
  s.u[5] = s.u[5] + amount
  state.changed = true
end

local function frees(s, w, excess)
  local newest = s.b[w]
  local bucket, freed = newest - SLOTS[w], 0
  while freed < excess and bucket < newest do
    bucket = bucket + 1
    freed = freed + s.r[slot(w, bucket)]
  end
  return (bucket + SLOTS[w]) * WIDTHS[w] - at
end

local function refuses(s, limits, cost)
  local wait, window = 0, nil
  for w = 1, 5 do
    local limit = limits[w]
    local excess = limit >= 0 and s.u[w] + cost - limit or 0
    if excess > 0 then
      if cost > limit or w == 5 and input.left <= 0 then return -1, w end
      local ms = w == 5 and input.left or frees(s, w, excess)
      if ms > wait then wait, window = ms, w end
    end
  end
  return wait, window
end

local function copy(list)
  local made = {}
  for i, n in ipairs(list) do made[i] = n end
  return made
end

local states = {}
for i, key in ipairs(KEYS) do states[i] = load(key) end
local answers = {}
for i, ask in ipairs(input.asks) do
  local customer, lineage = states[1], ask.key and states[ask.key]
  local wait, window = refuses(customer.s, ask.limits, ask.cost)
  local source = 'customer'
  if lineage and wait ~= -1 then
    local key_wait, key_window = refuses(lineage.s, ask.key_limits, ask.cost)
    if key_window and (key_wait == -1 or key_wait >= wait) then
      wait, window, source = key_wait, key_window, 'key'
    end
  end
  if not window and ask.consume then
    add(customer, ask.cost)
    if lineage then add(lineage, ask.cost) end
  end
  answers[i] = {wait = wait, window = window, source = source, used = copy(customer.s.u),
                key_used = lineage and copy(lineage.s.u) or nil}
end
for i, key in ipairs(KEYS) do
  if states[i].changed then
    local lives = math.max(DAY + 1440000, input.left) + DAY
    redis.call('SET', key, cmsgpack.pack(states[i].s), 'PX', string.format('%.0f', lives))
  end
end
return cjson.encode(answers)
`;
