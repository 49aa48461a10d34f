import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asNames, asNumber, asObject, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readInvokeContent } from './content/bedrock-invoke-content.ts'
import { readAnthropicParameters } from './readers/anthropic-request.ts'
import { bedrockModelOf, endpointsOf } from './readers/bedrock.ts'
import { readInvocation, readInvocationStream } from './readers/bedrock-invocation.ts'
import { readCohereParameters } from './readers/cohere-request.ts'
import { readFailure } from './readers/errors.ts'
import { anyKnown, known } from './readers/known.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest } from './types.ts'

/**
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html: the bodies are those of the
 * model's maker, distinguished by what is in them: a model's id may be an ARN that doesn't name its maker.
 */
export const bedrockInvoke: ApiFlavor = {
  name: 'bedrock-invoke',
  provider: 'aws.bedrock',
  endpoints: ['invoke', 'invoke-with-response-stream'].flatMap(endpointsOf),
  readRequest(request) {
    const body = readRequestMembers(request, ['imageGenerationConfig'])
    const model = bedrockModelOf(request.path)
    return {
      ...operationOf(model ?? '', body ?? {}),
      ...(body && readParameters(body)),
      ...known<Partial<GenAiRequest>>({
        model,
        stream: request.path.endsWith('-stream') ? true : undefined,
        serviceTier: request.header('x-amzn-bedrock-service-tier'),
        guardrailId: request.header('x-amzn-bedrock-guardrailidentifier'),
      }),
    }
  },
  readResponse(response, request) {
    const events = openEventStream(response)
    if (events !== undefined) return readInvocationStream(response, events)
    const document = readDocument(response.body, [
      'usage',
      'stop_reason',
      'stopReason',
      'inputTextTokenCount',
      'model',
      'id',
      'generation_id',
    ])
    if (response.status >= 400) return readFailure(response, document)
    const read = readInvocation(response, document ?? {})
    if (request.outputType !== 'image' || read.error !== undefined || !response.body.ended) return read
    // Images are seldom held whole, and so can't be counted.
    const held = [document?.images, document?.artifacts].find(Array.isArray)
    return { ...read, usage: { ...read.usage, images: held?.length ?? request.choiceCount ?? 1 } }
  },
  readContent: readInvokeContent,
}

function operationOf(model: string, body: JsonObject): Pick<GenAiRequest, 'operation' | 'outputType'> {
  if (model.includes('embed') || isToEmbed(body)) return { operation: 'embeddings' }
  if (model.includes('rerank')) return { operation: 'rerank' }
  if ('taskType' in body || 'text_prompts' in body || /\bstability\./.test(model))
    return { operation: 'generate_content', outputType: 'image' }
  return {
    operation: 'messages' in body || 'message' in body || !('prompt' in body) ? 'chat' : 'text_completion',
  }
}

/** Whether the body has members that only requests for Cohere's, Nova's and Titan's embeddings have. */
function isToEmbed(body: JsonObject): boolean {
  if ('input_type' in body || 'singleEmbeddingParams' in body || 'embeddingConfig' in body) return true
  return 'inputText' in body && ('dimensions' in body || 'normalize' in body || 'embeddingTypes' in body)
}

function readParameters(body: JsonObject): Partial<GenAiRequest> {
  const given = { ...body, ...asObject(body.inferenceConfig), ...asObject(body.textGenerationConfig) }
  const images = asObject(body.imageGenerationConfig)
  const { model, stream, ...parameters } = {
    ...readCohereParameters(given),
    ...readAnthropicParameters(given),
  }
  return {
    ...parameters,
    ...known<Partial<GenAiRequest>>({
      maxTokens:
        parameters.maxTokens ??
        asCount(given.maxTokens) ??
        asCount(given.max_new_tokens) ??
        asCount(given.maxTokenCount) ??
        asCount(given.max_gen_len),
      topP: parameters.topP ?? asNumber(given.topP),
      topK: parameters.topK ?? asCount(given.topK),
      stopSequences: parameters.stopSequences ?? asNames(given.stopSequences),
      choiceCount:
        parameters.choiceCount ??
        asCount(images?.numberOfImages) ??
        asCount(body.samples) ??
        asCount(body.numResults),
      embeddingDimensions: readDimensions(body),
      encodingFormats: asNames(body.embeddingTypes) ?? asNames(body.embedding_types),
      image: images && readImage(images),
    }),
  }
}

/** In the order of the names: Titan, Cohere, Titan for images, Nova. */
function readDimensions(body: JsonObject): number | undefined {
  return (
    asCount(body.dimensions) ??
    asCount(body.output_dimension) ??
    asCount(asObject(body.embeddingConfig)?.outputEmbeddingLength) ??
    asCount(asObject(body.singleEmbeddingParams)?.embeddingDimension)
  )
}

function readImage({ width, height, quality }: JsonObject): GenAiRequest['image'] {
  const [across, down] = [asCount(width), asCount(height)]
  return anyKnown<NonNullable<GenAiRequest['image']>>({
    size: across === undefined || down === undefined ? undefined : `${across}x${down}`,
    quality: asName(quality),
  })
}
