import { EMPTY_BODY } from '../../observation/body-recorder.ts'
import type { JsonObject } from '../../wire/json.ts'
import { RecordScanner, type RecordShape } from '../../wire/record-scanner.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, ResponseSum } from '../types.ts'
import { AnswerSum } from './answer-sum.ts'

/** How the answer to one request of a batch is read: as one that came by itself. */
type ReadAnswer = (response: ObservedResponse, document: JsonObject) => GenAiResponse

const BY_ITSELF: ObservedResponse = { status: 200, header: () => undefined, body: EMPTY_BODY }

/**
 * What the answers to a batch used, added up.
 *
 * @param shape where the answers stand in the results, and what of them is wanted.
 */
export function addUpAnswers(shape: RecordShape, read: ReadAnswer): ResponseSum {
  const sum = new AnswerSum()
  const scanner = new RecordScanner(shape, (answer) => sum.add(read(BY_ITSELF, answer)))
  return {
    write: (chunk) => scanner.write(chunk),
    read: () => {
      const added = sum.read()
      return added.usage === undefined ? added : { ...added, batch: true }
    },
  }
}
