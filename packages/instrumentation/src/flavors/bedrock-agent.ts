import { isAwsStream } from '../wire/aws-event-stream.ts'
import { AwsPayloads } from '../wire/aws-payloads.ts'
import { asName, asObject, type JsonObject, parseObject } from '../wire/json.ts'
import { AnswerSum } from './readers/answer-sum.ts'
import { readConverseUsage } from './readers/bedrock.ts'
import { readFailure } from './readers/errors.ts'
import { endsOneAfter, segmentAfter } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiResponse, ResponseSum } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent-runtime_InvokeAgent.html, and `InvokeInlineAgent`,
 * whose request names the model and whose path names only the session, and `InvokeFlow`, whose usage isn't stated
 * anywhere.
 */
export const bedrockAgent: ApiFlavor = {
  name: 'bedrock-agent',
  provider: 'aws.bedrock',
  endpoints: [
    'POST /agentAliases/{alias}/sessions/{session}/text',
    'POST bedrock-agent-runtime*/agents/{session}',
    'POST bedrock-agent-runtime*/flows/{flow}/aliases/{alias}',
  ],
  readRequest(request) {
    const behind = segmentAfter(request.path, '/agents/')
    const inline = endsOneAfter(request.path, '/agents/')
    return {
      operation: 'invoke_agent',
      model: inline ? asName(readRequestMembers(request)?.foundationModel) : undefined,
      agentId: inline ? undefined : (behind ?? segmentAfter(request.path, '/flows/')),
      conversationId: inline ? behind : segmentAfter(request.path, '/sessions/'),
    }
  },
  readResponse(response) {
    if (response.status >= 400 || !isAwsStream(response)) return readFailure(response, undefined)
    return {
      conversationId:
        response.header('x-amz-bedrock-agent-session-id') ??
        response.header('x-amz-bedrock-flow-execution-id'),
    }
  },
  openSum: () => new TraceSum(),
}

/**
 * With `enableTrace`, the answer has each call of a model, under the name of the step that made it: first the model,
 * then the usage. They contain prompts, and so are longer than what is held.
 */
class TraceSum implements ResponseSum {
  readonly countsParts = true
  readonly #payloads = new AwsPayloads((payload) => {
    if (payload.includes('"modelInvocation')) this.#add(parseObject(payload.toString('utf8')))
  })
  readonly #sum = new AnswerSum()
  #model: string | undefined

  write(chunk: Uint8Array): void {
    this.#payloads.write(chunk)
  }

  read(): GenAiResponse {
    return this.#sum.read()
  }

  #add(event: JsonObject | undefined): void {
    for (const step of Object.values(asObject(event?.trace) ?? {})) {
      this.#model = asName(asObject(asObject(step)?.modelInvocationInput)?.foundationModel) ?? this.#model
      const metadata = asObject(asObject(asObject(step)?.modelInvocationOutput)?.metadata)
      if (metadata === undefined) continue
      this.#sum.add({ model: this.#model, usage: readConverseUsage(metadata.usage) })
    }
  }
}
