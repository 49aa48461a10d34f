import { asBuffer } from '../../wire/bytes.ts'
import { asCount, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import { RecordScanner } from '../../wire/record-scanner.ts'
import type { ObservedBody } from '../../wire/types.ts'
import type { ResponseSum } from '../types.ts'

/** Tools that providers run and charge for, by the names of the fees: `{ web_search: 2 }`. */
export type ToolRequests = Record<string, number>

/** Providers' names of tools that differ from the names of the fees. */
const TOOLS: Record<string, string> = {
  code_interpreter: 'code_execution',
  python: 'code_execution',
  document_search: 'attachment_search',
  search: 'web_search',
  'browser.search': 'web_search',
  visit: 'visit_website',
  'browser.open': 'visit_website',
}

/** @returns `undefined` if none was run. */
export function toolRequests(counts: Iterable<readonly [string, unknown]>): ToolRequests | undefined {
  const requests: ToolRequests = {}
  for (const [name, value] of counts) {
    const tool = TOOLS[name] ?? name
    const count = asCount(value)
    if (count !== undefined && count > 0) requests[tool] = (requests[tool] ?? 0) + count
  }
  return Object.keys(requests).length > 0 ? requests : undefined
}

/**
 * Counts the distinct queries in these lists: Google bills each once, and ignores empty ones,
 * https://ai.google.dev/gemini-api/docs/google-search#pricing
 */
export function countQueries(lists: readonly unknown[]): number {
  const queries = new Set(lists.flatMap((list) => (Array.isArray(list) ? list : [])))
  queries.delete('')
  return queries.size
}

/** `gpt-5-search-api`, `gpt-4o-search-preview`: these models of OpenAI search once in every request. */
const SEARCH_MODEL = /gpt-.*-search-(api|preview)/

/** In a chat completion: Groq lists the tools in the message; others count searches and sources in the usage. */
export function readCompletionTools(document: JsonObject, usage: JsonObject): ToolRequests | undefined {
  const executed = readExecutedTools([document])
  if (executed !== undefined) return executed
  const web = SEARCH_MODEL.test(asName(document.model) ?? '') ? 1 : searchesIn(usage)
  const live = usage.num_sources_used
  if (web === undefined && live === undefined) return undefined
  return toolRequests([
    ['web_search', web],
    ['live_search', live],
  ])
}

/** In the chunks of Groq's streams, a tool is listed when it begins and, with the same index, when it has ended. */
export function readExecutedTools(chunks: Iterable<JsonObject>): ToolRequests | undefined {
  let names: Map<unknown, string> | undefined
  for (const { choices } of chunks) {
    for (const choice of objectsIn(choices)) {
      const message = asObject(choice.message) ?? asObject(choice.delta)
      if (message?.executed_tools === undefined) continue
      names ??= new Map()
      for (const [position, tool] of objectsIn(message.executed_tools).entries())
        names.set(tool.index ?? position, executedTool(tool))
    }
  }
  return names && toolRequests([...names.values()].map((name) => [name, 1]))
}

/**
 * Counts the same as {@link readExecutedTools} in an answer of any length: the results of tools may be more than is
 * held.
 */
export function openExecutedToolsSum(): ResponseSum {
  const names = new Map<unknown, string>()
  // `{ choices: [{ delta: { executed_tools: [{ ... }] } }] }`. Tool calls and citations are as deep, but have no
  // `arguments` at that depth.
  const shape = { depth: 6, names: ['index', 'name', 'type', 'arguments'] }
  const scanner = new RecordScanner(shape, (tool) => {
    if ('arguments' in tool) names.set(tool.index ?? names.size, executedTool(tool))
  })
  return {
    countsParts: true,
    write: (chunk) => scanner.write(chunk),
    read() {
      const requests = toolRequests([...names.values()].map((name) => [name, 1]))
      return requests === undefined ? {} : { toolRequests: requests }
    },
  }
}

function executedTool(tool: JsonObject): string {
  return asName(tool.name) ?? asName(tool.type) ?? 'tool'
}

/** Perplexity's count, OpenRouter's (which has had two names), or Xiaomi's. */
function searchesIn(usage: JsonObject): unknown {
  return (
    usage.num_search_queries ??
    asObject(usage.server_tool_use)?.web_search_requests ??
    asObject(usage.server_tool_use_details)?.web_search_requests ??
    asObject(usage.web_search_usage)?.tool_usage
  )
}

/** The types of items in a response's output that stand for the use of a tool. */
const ITEMS = ['web_search_call', 'file_search_call', 'image_generation_call', 'x_search_call']

/** In a response of the Responses API. */
export function readResponseTools(document: JsonObject): ToolRequests | undefined {
  const output = objectsIn(document.output)
  const search = objectsIn(document.tools).some(({ type }) => String(type).startsWith('web_search_preview'))
    ? 'web_search_preview'
    : 'web_search'
  const usage = asObject(document.usage) ?? {}
  const served = servedIn(usage)
  if (served.length > 0) return toolRequests(served)
  const counted = new Map<string, unknown>([['code_interpreter', containersIn(output).size]])
  for (const item of ITEMS) {
    counted.set(toolOf(item), output.filter(({ type }) => type === item).length)
  }
  const searches = asCount(searchesIn(usage))
  if (searches !== undefined) counted.set('web_search', searches)
  // The number that is billed, where it is stated, may differ from that of the items.
  const billed = asObject(document.tool_usage) ?? {}
  for (const name in billed) {
    const count = asObject(billed[name])?.num_requests
    if (count !== undefined) counted.set(name, count)
  }
  // The model that makes images is billed by its tokens instead, if they are stated.
  if (asCount(asObject(billed.image_gen)?.output_tokens)) counted.delete('image_generation')
  return toolRequests([...counted].map(([name, count]) => [name === 'web_search' ? search : name, count]))
}

/** Items that name the container in which code ran. */
const ITEMS_WITH_CONTAINER = ['code_interpreter_call', 'shell_call']

const COUNTED_ITEMS = [...ITEMS, ...ITEMS_WITH_CONTAINER]

/**
 * Counts the same as {@link readResponseTools} in an answer of any length that isn't a stream: the results of tools may
 * be more than is held.
 */
export function openResponseToolsSum(): ResponseSum {
  let document: JsonObject = {}
  const output: JsonObject[] = []
  // `{ output: [{ ... }], usage: { ... }, ... }`
  const members = new RecordScanner({ depth: 1, names: ['usage', 'tools', 'tool_usage'] }, (found) => {
    document = found
  })
  const items = new RecordScanner({ depth: 3, names: ['type', 'container_id', 'environment'] }, (item) => {
    if (COUNTED_ITEMS.includes(String(item.type))) output.push(item)
  })
  return {
    write(chunk) {
      members.write(chunk)
      items.write(chunk)
    },
    read() {
      const requests = readResponseTools({ ...document, output })
      return requests === undefined ? {} : { toolRequests: requests }
    },
  }
}

const COUNTED_TOOL = new RegExp(`"type"\\s*:\\s*"(${COUNTED_ITEMS.map(toolOf).join('|')})`)

function toolOf(item: string): string {
  return item.replace(/_call$/, '')
}

/** Whether a request offers tools that the provider runs, and that the answer lists as items. */
export function hasCountedTools({ text, head, tail }: ObservedBody): boolean {
  if (text !== undefined) return COUNTED_TOOL.test(text)
  return [head, tail].some((part) => COUNTED_TOOL.test(asBuffer(part).toString('latin1')))
}

/** xAI and Perplexity state how often they ran each tool, which is more than their output items say. */
function servedIn(usage: JsonObject): (readonly [string, unknown])[] {
  const calls = Object.entries(asObject(usage.server_side_tool_usage_details) ?? {})
  const invoked = Object.entries(asObject(usage.tool_calls_details) ?? {})
  return [
    ...calls.map(([name, count]) => [name.replace(/_calls$/, ''), count] as const),
    ...invoked.map(([name, details]) => [name, asObject(details)?.invocation] as const),
  ]
}

/** Containers are billed, not each run of code in them. A shell without a container runs at the caller's. */
function containersIn(output: readonly JsonObject[]): Set<unknown> {
  const containers = new Set<unknown>()
  for (const item of output) {
    if (item.type === 'code_interpreter_call') containers.add(item.container_id ?? item)
    const shell = item.type === 'shell_call' ? asObject(item.environment)?.container_id : undefined
    if (shell !== undefined) containers.add(shell)
  }
  return containers
}
