import { describe, expect, test } from 'vitest'
import { readCompletionTools, readExecutedTools, readResponseTools } from './tool-requests.ts'

describe('readResponseTools', () => {
  test('counts searches by what the tool is called, and code by the container', () => {
    const output = [
      { type: 'web_search_call' },
      { type: 'web_search_call' },
      { type: 'file_search_call' },
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'code_interpreter_call', container_id: 'b' },
      { type: 'shell_call', environment: { type: 'container_reference', container_id: 'b' } },
      { type: 'shell_call', environment: { type: 'container_reference', container_id: 'c' } },
      { type: 'shell_call', environment: { type: 'local' } },
      { type: 'function_call' },
    ]
    expect(readResponseTools({ output, tools: [{ type: 'web_search' }] })).toEqual({
      web_search: 2,
      file_search: 1,
      code_execution: 3,
    })
    expect(readResponseTools({ output, tools: [{ type: 'web_search_preview_2025_03_11' }] })).toEqual({
      web_search_preview: 2,
      file_search: 1,
      code_execution: 3,
    })
  })

  test('takes what xAI says it ran', () => {
    const served = { web_search_calls: 3, x_search_calls: 1, code_interpreter_calls: 2, mcp_calls: 0 }
    expect(readResponseTools({ output: [], usage: { server_side_tool_usage_details: served } })).toEqual({
      web_search: 3,
      x_search: 1,
      code_execution: 2,
    })
  })

  test('takes what Perplexity and OpenRouter say they ran', () => {
    const tool_calls_details = { web_search: { invocation: 2 }, fetch_url: { invocation: 1 } }
    expect(readResponseTools({ output: [], usage: { tool_calls_details } })).toEqual({
      web_search: 2,
      fetch_url: 1,
    })
    const usage = { server_tool_use_details: { web_search_requests: 3, tool_calls_executed: 4 } }
    expect(readResponseTools({ output: [{ type: 'openrouter:web_search' }], usage })).toEqual({
      web_search: 3,
    })
  })
})

describe('readCompletionTools', () => {
  test("names Groq's tools by their fees", () => {
    const executed_tools = [
      { type: 'search' },
      { type: 'visit' },
      { type: 'python' },
      { name: 'browser.search', type: 'function' },
    ]
    expect(readCompletionTools({ choices: [{ message: { executed_tools } }] }, {})).toEqual({
      web_search: 2,
      visit_website: 1,
      code_execution: 1,
    })
  })

  test.each([
    [{ model: 'gpt-4o-search-preview-2025-03-11' }, {}, { web_search: 1 }],
    [{ model: 'gpt-5-search-api-2025-10-14' }, {}, { web_search: 1 }],
    [{ model: 'sonar-deep-research' }, { num_search_queries: 12 }, { web_search: 12 }],
    [{ model: 'grok-4' }, { num_sources_used: 5 }, { live_search: 5 }],
    [
      { model: 'minimax/m2' },
      {
        server_tool_use_details: { web_search_requests: 2, tool_calls_requested: 3, tool_calls_executed: 3 },
      },
      { web_search: 2 },
    ],
    [{ model: 'qwen/qwen3' }, { server_tool_use: { web_search_requests: 1 } }, { web_search: 1 }],
    [{ model: 'mimo-v2' }, { web_search_usage: { tool_usage: 4, page_usage: 20 } }, { web_search: 4 }],
    [{ model: 'gpt-5' }, { num_sources_used: 0 }, undefined],
  ])('%j with %j', (document, usage, requests) => {
    expect(readCompletionTools(document, usage)).toEqual(requests)
  })
})

test('readExecutedTools counts a tool once that a stream lists as it begins and as it ends', () => {
  const chunks = [
    { index: 0, type: 'function', name: 'browser.search' },
    { index: 0, type: 'browser_search', name: 'browser.search', output: 'a' },
    { index: 1, type: 'function', name: 'browser.open' },
    { index: 1, type: 'browser.open', name: 'browser.open', output: 'b' },
    { index: 2, type: 'search' },
    { index: 2, type: 'search', output: 'c' },
  ].map((tool) => ({ choices: [{ delta: { executed_tools: [tool] } }] }))
  expect(readExecutedTools(chunks)).toEqual({ web_search: 2, visit_website: 1 })
})
