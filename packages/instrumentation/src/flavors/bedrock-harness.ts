import { AwsPayloads } from '../wire/aws-payloads.ts'
import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asObject, type JsonObject, parseObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import { addUsages } from './readers/answer-sum.ts'
import { readConverseUsage, readException } from './readers/bedrock.ts'
import { readFailure } from './readers/errors.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, Draft, GenAiRequest, GenAiUsage, ResponseDraft, ResponseSum } from './types.ts'

/** After the last message comes its usage. */
const LAST_EVENTS = 4

/** Who bills for the model: another provider, if its key is used. */
const PROVIDERS: Readonly<Record<string, string | undefined>> = {
  bedrockModelConfig: 'aws.bedrock',
  openAiModelConfig: 'openai',
  geminiModelConfig: 'gcp.gemini',
}

/**
 * https://docs.aws.amazon.com/bedrock-agentcore/latest/APIReference/API_InvokeHarness.html: an agent that AgentCore
 * runs. Its stream consists of a Converse stream for each turn, with that turn's usage at the end.
 */
export const bedrockHarness: ApiFlavor = {
  name: 'bedrock-harness',
  provider: 'aws.bedrock',
  endpoints: ['POST /harnesses/invoke'],
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'invoke_agent',
      stream: true,
      ...modelOf(asObject(body.model)),
      agentId: asName(new URLSearchParams(request.query).get('harnessArn')),
      conversationId: request.header('x-amzn-bedrock-agentcore-runtime-session-id'),
      maxTokens: asCount(body.maxTokens),
    }
  },
  readResponse(response) {
    const events = response.status < 400 ? openEventStream(response) : undefined
    if (events === undefined) return readFailure(response, readDocument(response.body, []))
    const result: ResponseDraft = {}
    for (const event of atMost(LAST_EVENTS, events.backward())) {
      result.error ??= readException(event)
      result.finishReasons ??= asNames(event.json()?.stopReason)
    }
    return result
  },
  openSum: openTurnSum,
}

function modelOf(configuration: JsonObject = {}): Partial<Draft<GenAiRequest>> {
  const [kind] = Object.keys(configuration)
  if (kind === undefined) return {}
  return { model: asName(asObject(configuration[kind])?.modelId), provider: PROVIDERS[kind] }
}

function openTurnSum(): ResponseSum {
  let usage: GenAiUsage | undefined
  const payloads = new AwsPayloads((payload) => {
    if (!payload.includes('"usage"')) return
    const turn = readConverseUsage(parseObject(payload.toString('utf8'))?.usage)
    if (turn !== undefined) usage = addUsages(usage, turn)
  })
  return {
    countsParts: true,
    write: (chunk) => payloads.write(chunk),
    read: () => ({ usage }),
  }
}
