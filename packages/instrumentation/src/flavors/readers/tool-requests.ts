import { asCount, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'

/** Tools that providers run and charge for, by the names that the fees go by: `{ web_search: 2 }`. */
export type ToolRequests = Record<string, number>

/** What providers call their tools, where it isn't what the fee is called. */
const TOOLS: Record<string, string> = {
  code_interpreter: 'code_execution',
  python: 'code_execution',
  document_search: 'attachment_search',
  search: 'web_search',
  'browser.search': 'web_search',
  visit: 'visit_website',
  'browser.open': 'visit_website',
}

/** `undefined` where none was run. */
export function toolRequests(counts: Iterable<readonly [string, unknown]>): ToolRequests | undefined {
  const requests: ToolRequests = {}
  for (const [name, value] of counts) {
    const tool = TOOLS[name] ?? name
    const count = asCount(value)
    if (count !== undefined && count > 0) requests[tool] = (requests[tool] ?? 0) + count
  }
  return Object.keys(requests).length > 0 ? requests : undefined
}

/** Of a chat completion: Groq lists the tools in the message; Perplexity and xAI count searches and sources. */
export function readCompletionTools(document: JsonObject, usage: JsonObject): ToolRequests | undefined {
  const counts: (readonly [string, unknown])[] = []
  for (const choice of objectsIn(document.choices)) {
    const message = asObject(choice.message) ?? asObject(choice.delta)
    for (const tool of objectsIn(message?.executed_tools))
      counts.push([asName(tool.name) ?? asName(tool.type) ?? 'tool', 1])
  }
  // The search models of OpenAI search once for every request.
  const searches = asName(document.model)?.includes('-search-preview') ? 1 : usage.num_search_queries
  if (searches !== undefined) counts.push(['web_search', searches])
  if (usage.num_sources_used !== undefined) counts.push(['live_search', usage.num_sources_used])
  return counts.length > 0 ? toolRequests(counts) : undefined
}

/** Items of a response's output that stand for a tool, by type. */
const ITEMS = ['web_search_call', 'file_search_call', 'image_generation_call', 'x_search_call']

/** Of a response of the Responses API. */
export function readResponseTools(document: JsonObject): ToolRequests | undefined {
  const output = objectsIn(document.output)
  const search = objectsIn(document.tools).some(({ type }) => String(type).startsWith('web_search_preview'))
    ? 'web_search_preview'
    : 'web_search'
  // xAI counts what it ran; the items of its output say less.
  const served = Object.entries(asObject(asObject(document.usage)?.server_side_tool_usage_details) ?? {})
  if (served.length > 0)
    return toolRequests(served.map(([calls, count]) => [calls.replace(/_calls$/, ''), count]))
  const containers = output
    .filter(({ type }) => type === 'code_interpreter_call')
    .map((item) => item.container_id ?? item)
  const counted = new Map<string, unknown>([['code_interpreter', new Set(containers).size]])
  for (const item of ITEMS) {
    const name = item.replace(/_call$/, '')
    counted.set(name, output.filter(({ type }) => type === item).length)
  }
  // The number that is billed, where it is stated, is not always that of the items.
  const billed = asObject(document.tool_usage) ?? {}
  for (const name in billed) {
    const count = asObject(billed[name])?.num_requests
    if (count !== undefined) counted.set(name, count)
  }
  return toolRequests([...counted].map(([name, count]) => [name === 'web_search' ? search : name, count]))
}
