// Compiled from data/*.json by scripts/compile.ts; change those files instead.
export const PRICE_FILES: ReadonlyMap<string, string> = new Map([
  ["openai", '{"provider":"openai","name":"OpenAI","aliases":["open_ai"],"hosts":["api.openai.com","*.api.openai.com"],"pages":["https://developers.openai.com/api/docs/pricing"],"models":{"gpt-4o":{"prices":[{"from":"2024-05-13","sources":["https://developers.openai.com/api/docs/pricing"],"checked":"2026-08-21","perMillionTokens":{"input":2.5,"cacheRead":1.25,"output":10}}]}}}'],
])
