import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readOpenAiUsage } from './readers/openai-usage.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://www.assemblyai.com/docs/api-reference/lemur: questions to a model about transcripts. */
export const assemblyaiLemur: ApiFlavor = {
  name: 'assemblyai-lemur',
  provider: 'assemblyai',
  endpoints: [
    'POST /lemur/v3/generate/task',
    'POST /lemur/v3/generate/summary',
    'POST /lemur/v3/generate/question-answer',
    'POST /lemur/v3/generate/action-items',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'text_completion',
      model: asName(body.final_model),
      maxTokens: asCount(body.max_output_size),
      temperature: asNumber(body.temperature),
    }
  },
  readResponse: (response) =>
    readJsonAnswer(response, ['usage', 'request_id'], (document) => ({
      id: asName(document.request_id),
      usage: readOpenAiUsage(asObject(document.usage)),
    })),
}
