/** The names under which fees are listed, by what emitters and APIs call provider-side tools. */
const TOOL_NAMES: Record<string, string> = {
  web_search_call: 'web_search',
  web_search_requests: 'web_search',
  web_searches: 'web_search',
  google_search: 'web_search',
  google_search_retrieval: 'web_search',
  grounding: 'web_search',
  search: 'web_search',
  search_queries: 'web_search',
  num_search_queries: 'web_search',
  image_search: 'web_search',
  file_search_call: 'file_search',
  storage_searches: 'file_search',
  vector_store: 'file_search',
  collections_search: 'file_search',
  document_search: 'file_search',
  code_interpreter: 'code_execution',
  code_interpreter_call: 'code_execution',
  container: 'code_execution',
  code_execution_requests: 'code_execution',
  google_maps: 'maps',
  maps_grounding: 'maps',
  grounding_maps: 'maps',
  enterprise_search: 'enterprise_web_search',
}

/** Tools for which no provider charges more than the tokens they bring in. */
const FREE_TOOLS = new Set([
  'web_fetch',
  'web_fetch_requests',
  'url_context',
  'computer_use',
  'computer',
  'mcp',
  'mcp_call',
  'function',
  'tool_search',
  'tool_search_requests',
  'memory',
  'bash',
  'browser.find',
  'text_editor',
  'apply_patch',
  'local_shell',
  'view_image',
  'view_x_video',
])

/** The name under which a tool's fee is listed; `free` for tools without one. */
export function toolName(name: string): string {
  const lower = name.toLowerCase()
  return FREE_TOOLS.has(lower) ? 'free' : (TOOL_NAMES[lower] ?? lower)
}
