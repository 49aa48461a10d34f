import { asCount, asObject, objectsIn, sumOf } from '../wire/json.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import type { ApiFlavor } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_Evaluate.html: a model judges what an agent
 * did. The usage of each judgement is stated, but not the model.
 */
export const bedrockEvaluate: ApiFlavor = {
  name: 'bedrock-evaluate',
  provider: 'aws.bedrock',
  endpoints: ['POST bedrock-agentcore*/evaluations/evaluate/{evaluator...}'],
  readRequest: () => ({ operation: 'evaluation' }),
  readResponse: (response) =>
    readJsonAnswer(response, [], (document) => {
      const used = objectsIn(document.evaluationResults).map(({ tokenUsage }) => asObject(tokenUsage))
      return {
        usage: {
          inputTokens: sumOf(...used.map((usage) => asCount(usage?.inputTokens))),
          outputTokens: sumOf(...used.map((usage) => asCount(usage?.outputTokens))),
        },
      }
    }),
}
