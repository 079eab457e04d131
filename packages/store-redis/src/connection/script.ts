import { createHash } from 'node:crypto';

/** A Lua script and the name the server knows it by. */
export interface Script {
  source: string;
  sha1: string;
}

/**
 * What every script begins with: a reader of its arguments, and the time. The first argument is empty in production: then the time is the
 * server's, the one clock that all nodes share.
 */
const PRELUDE = String.raw`
local position = 0
local function take()
  position = position + 1
  return ARGV[position]
end
local function takeMany(count)
  local values = {}
  for index = 1, count do values[index] = take() end
  return values
end
-- Lua would print large numbers with an exponent.
local function integer(number) return string.format('%.0f', number) end
local stamp = take()
local micros
if stamp == '' then
  local time = redis.call('TIME')
  micros = tonumber(time[1]) * 1000000 + tonumber(time[2])
else
  micros = math.floor(tonumber(stamp) * 1000)
end
local now = math.floor(micros / 1000)
`;

/** Makes a script of parts, which share one scope. */
export function script(...parts: string[]): Script {
  const source = [PRELUDE, ...parts].join('\n');
  return { source, sha1: createHash('sha1').update(source).digest('hex') };
}
