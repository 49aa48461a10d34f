import { openEventStream } from '../wire/event-stream.ts'
import { asCount, asName, asObject, type JsonObject, sumOf } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { isForm } from './readers/content-type.ts'
import { asFieldFlag, readFormFields } from './readers/form-fields.ts'
import { readFurtherUsage } from './readers/further-usage.ts'
import { readAnswerIn } from './readers/json-answer.ts'
import { anyKnown } from './readers/known.ts'
import { readDeclaredCost, readOpenAiUsage } from './readers/openai-usage.ts'
import { deploymentOf } from './readers/paths.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor, GenAiRequest, GenAiUsage } from './types.ts'

/** After `image_generation.completed` comes nothing but `[DONE]`. */
const LAST_EVENTS = 2

/** https://platform.openai.com/docs/api-reference/images, billed by the image or by image tokens. */
export const openaiImages: ApiFlavor = {
  name: 'openai-images',
  provider: 'openai',
  endpoints: [
    'POST /images/generations',
    'POST /images/edits',
    'POST /images/variations',
    // Azure's before 2024, whose images are fetched later.
    'POST /images/generations:submit',
    // Black Forest Labs' models on Azure.
    'POST /providers/blackforestlabs/v1/flux-2-pro',
    'POST /providers/blackforestlabs/v1/flux-2-flex',
    // Elsewhere, such a path may take uploads.
    'POST openrouter.ai/api/v1/images',
  ],
  readRequest(request) {
    const members = isForm(request)
      ? undefined
      : readRequestMembers(request, ['prompt', 'n', 'size', 'quality', 'stream'])
    if (members !== undefined && !('prompt' in members || 'image' in members)) return undefined
    const body = members ?? readFormFields(request, ['model', 'size', 'quality', 'stream'])
    const image = anyKnown<NonNullable<GenAiRequest['image']>>({
      size: asName(body.size),
      quality: asName(body.quality),
    })
    return {
      operation: 'generate_content',
      outputType: 'image',
      model: asName(body.model) ?? deploymentOf(request.path),
      choiceCount: asCount(body.n),
      stream: asFieldFlag(body.stream),
      image,
    }
  },
  readResponse: (response, request) =>
    readAnswerIn(
      response,
      readStreamedImage(response) ?? readDocument(response.body, ['usage', 'svg_usage', 'size', 'quality']),
      (document) => {
        const images = Array.isArray(document.data) ? document.data.length : (request.choiceCount ?? 1)
        return {
          model: asName(document.model),
          usage: 'error' in document ? undefined : { ...readImageUsage(document.usage), images },
          furtherUsage: readFurtherUsage(document),
          declaredCost: readDeclaredCost(response, document.usage),
        }
      },
    ),
}

/** With OpenAI's names, or those of Microsoft's own models on Azure. */
function readImageUsage(value: unknown): GenAiUsage | undefined {
  const usage = asObject(value) ?? {}
  const text = asCount(usage.num_input_text_tokens)
  if (text === undefined) return readOpenAiUsage(usage)
  const image = asCount(usage.num_input_image_tokens)
  const made = asCount(usage.num_output_tokens)
  return readOpenAiUsage({
    input_tokens: sumOf(text, image),
    input_tokens_details: { text_tokens: text, image_tokens: image },
    output_tokens: made,
    output_tokens_details: { image_tokens: made },
  })
}

/** The last event of a stream with partial images. It contains the image, so perhaps only its end is held. */
function readStreamedImage(response: ObservedResponse): JsonObject | undefined {
  const events = openEventStream(response)
  for (const event of atMost(LAST_EVENTS, events?.backward() ?? [])) {
    const usage = event.trailing('usage', 1)
    const document = event.json() ?? (usage === undefined ? undefined : { usage })
    if (document?.usage !== undefined || document?.error !== undefined) return document
  }
  return events && {}
}
