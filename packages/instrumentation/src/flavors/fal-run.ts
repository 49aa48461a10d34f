import type { RequestHead } from '../wire/types.ts'
import { readFalAnswer } from './readers/fal-answer.ts'
import { known } from './readers/known.ts'
import { decoded } from './readers/paths.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://docs.fal.ai/model-apis/model-endpoints: the path is the model, the answer holds what it made: at once, or after a
 * wait in the queue, whose answer is a ticket.
 */
export const falRun: ApiFlavor = {
  name: 'fal-run',
  provider: 'fal_ai',
  matches: (request) => request.method === 'POST' && isFal(request),
  readRequest(request) {
    return {
      operation: 'generate_content',
      ...known<Partial<GenAiRequest>>({
        model: decoded(request.path.slice(1)),
        background: request.host === 'queue.fal.run' ? true : undefined,
      }),
    }
  },
  readResponse: readFalAnswer,
}

function isFal({ host, path }: RequestHead): boolean {
  return (host === 'fal.run' || host === 'queue.fal.run') && path.length > 1
}
