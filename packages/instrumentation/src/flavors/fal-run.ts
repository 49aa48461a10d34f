import { falModelOf, isFalQueue, readFalAnswer } from './readers/fal.ts'
import { known } from './readers/known.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://docs.fal.ai/model-apis/model-endpoints: the path is the model. The answer holds what it made or, if the
 * request goes to the queue, a ticket to fetch it later.
 */
export const falRun: ApiFlavor = {
  name: 'fal-run',
  provider: 'fal_ai',
  endpoints: [
    'POST fal.run/{model}{path...}',
    'POST queue.fal.run/{model}{path...}',
    'POST router.huggingface.co/fal-ai/{model}{path...}',
  ],
  // OpenRouter's models speak OpenAI's APIs.
  accepts: ({ path }) => !path.includes('/openai/v1/'),
  readRequest(request) {
    return known<GenAiRequest>({
      operation: 'generate_content',
      model: falModelOf(request),
      background: isFalQueue(request) ? true : undefined,
    })
  },
  readResponse: readFalAnswer,
}
