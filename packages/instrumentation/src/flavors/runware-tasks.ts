import { wholeOf } from '../wire/bytes.ts'
import { asCount, asName, asNumber, type JsonObject, objectsIn, parseJson } from '../wire/json.ts'
import type { ObservedRequest } from '../wire/types.ts'
import { inDollars } from './readers/declared-cost.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/** https://runware.ai/docs: a list of tasks in, a list of results out, each with its cost if requested. */
export const runwareTasks: ApiFlavor = {
  name: 'runware-tasks',
  provider: 'runware',
  endpoints: ['POST api.runware.ai/v1'],
  readRequest(request) {
    const task = tasksOf(request).find(({ taskType }) => asName(taskType)?.endsWith('Inference'))
    if (task === undefined) return undefined
    return {
      operation: 'generate_content',
      model: asName(task.model),
      outputType: task.taskType === 'imageInference' ? 'image' : undefined,
      choiceCount: asCount(task.numberResults),
    }
  },
  readResponse: (response, { outputType }) =>
    readJsonAnswer(response, ['data', 'errors'], (document) => {
      const results = objectsIn(document.data)
      const costs = results.flatMap(({ cost }) => asNumber(cost) ?? [])
      return {
        usage: outputType === 'image' ? { images: results.length } : undefined,
        declaredCost: inDollars(costs.length === 0 ? undefined : costs.reduce((sum, cost) => sum + cost)),
      }
    }),
}

function tasksOf({ body }: ObservedRequest): readonly JsonObject[] {
  const whole = body && wholeOf(body)
  return whole === undefined ? [] : objectsIn(parseJson(whole.toString('utf8')))
}
