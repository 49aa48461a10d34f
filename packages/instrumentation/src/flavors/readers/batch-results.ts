import { EMPTY_BODY } from '../../observation/body-recorder.ts'
import type { JsonObject } from '../../wire/json.ts'
import { RecordScanner, type RecordShape } from '../../wire/record-scanner.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse, ResponseSum } from '../types.ts'
import { AnswerSum } from './answer-sum.ts'

/** How the answer to one request of a batch is read: like one outside of a batch. */
type ReadAnswer = (response: ObservedResponse, document: JsonObject) => GenAiResponse

const BY_ITSELF: ObservedResponse = { status: 200, header: () => undefined, body: EMPTY_BODY }

/**
 * Adds up the usage of the answers to a batch.
 *
 * @param shape where the answers are in the results, and which of their members are read.
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
