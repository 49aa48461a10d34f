import { describe, expect, test } from 'vitest'
import { readCompletionTools, readResponseTools } from './tool-requests.ts'

describe('readResponseTools', () => {
  test('counts searches by what the tool is called, and code by the container', () => {
    const output = [
      { type: 'web_search_call' },
      { type: 'web_search_call' },
      { type: 'file_search_call' },
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'code_interpreter_call', container_id: 'a' },
      { type: 'code_interpreter_call', container_id: 'b' },
      { type: 'function_call' },
    ]
    expect(readResponseTools({ output, tools: [{ type: 'web_search' }] })).toEqual({
      web_search: 2,
      file_search: 1,
      code_execution: 2,
    })
    expect(readResponseTools({ output, tools: [{ type: 'web_search_preview_2025_03_11' }] })).toEqual({
      web_search_preview: 2,
      file_search: 1,
      code_execution: 2,
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
    [{ model: 'sonar-deep-research' }, { num_search_queries: 12 }, { web_search: 12 }],
    [{ model: 'grok-4' }, { num_sources_used: 5 }, { live_search: 5 }],
    [{ model: 'gpt-5' }, { num_sources_used: 0 }, undefined],
  ])('%j with %j', (document, usage, requests) => {
    expect(readCompletionTools(document, usage)).toEqual(requests)
  })
})
