import { asBoolean, asCount, asName, asNames, asNumber, asObject } from '../wire/json.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { readLatestDocument } from './readers/latest-document.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://docs.twelvelabs.io/api-reference/analyze-videos: a text about a video. */
export const twelvelabsAnalyze: ApiFlavor = {
  name: 'twelvelabs-analyze',
  provider: 'twelvelabs',
  endpoints: [
    'POST api.twelvelabs.io/{version}/analyze',
    // Older ones, each for one kind of text.
    'POST api.twelvelabs.io/{version}/summarize',
    'POST api.twelvelabs.io/{version}/gist',
  ],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'generate_content',
      outputType: 'text',
      model: asName(body.model_name),
      // It streams unless it is told not to.
      stream: request.path.endsWith('/analyze') ? body.stream !== false : asBoolean(body.stream),
      maxTokens: asCount(body.max_tokens),
      temperature: asNumber(body.temperature),
    }
  },
  readResponse(response) {
    // The last event of a stream, `stream_end`, has in its metadata what other answers have beside the text.
    return readAnswerIn(response, readLatestDocument(response, ['usage', 'finish_reason']), (document) => {
      const metadata = asObject(document.metadata)
      const usage = asObject(metadata?.usage ?? document.usage)
      return {
        id: asName(document.id) ?? asName(metadata?.generation_id),
        finishReasons: asNames(document.finish_reason),
        usage: { outputTokens: asCount(usage?.output_tokens) },
      }
    })
  },
}
