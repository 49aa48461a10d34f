import { asCount, asName, asObject, type JsonObject, objectsIn } from '../../wire/json.ts'
import type { ObservedResponse } from '../../wire/types.ts'
import type { GenAiResponse } from '../types.ts'

export type ProviderError = NonNullable<GenAiResponse['error']>

/** A code is a word: `Bad Request` or `400` says no more than the HTTP status. */
const CODE = /^[A-Za-z][\w.-]*$/

/** Words that aren't codes; `None` is what LiteLLM's proxy writes for a missing one. */
const NO_CODES = ['error', 'None']

/**
 * What a provider says went wrong: `error.type` is its own type, status or code, where it has one that is a word.
 *
 * @param document the body, or an event of it; `undefined` where it isn't JSON.
 */
export function readError(
  response: ObservedResponse,
  document: JsonObject | undefined,
): ProviderError | undefined {
  const stated = statedError(document)
  if (response.status < 400) return stated && { ...numberOf(document), ...stated }
  const type =
    stated?.type ??
    awsErrorType(response) ??
    firstCode(
      document?.type,
      document?.code,
      document?.__type,
      asObject(document?.Output)?.__type,
      // Databricks', Deepgram's and ElevenLabs' names for it.
      document?.error_code,
      document?.err_code,
      asObject(document?.detail)?.status,
    )
  const message = stated?.message ?? asName(document?.message) ?? asName(document?.detail)
  return { ...(type !== undefined && { type }), ...(message !== undefined && { message }) }
}

/** The response of a call that failed, or whose body can't be read: only the error is of interest. */
export function readFailure(response: ObservedResponse, document: JsonObject | undefined): GenAiResponse {
  const error = readError(response, document)
  if (error !== undefined) return { error }
  return response.body.totalBytes > 0 ? { unreadable: true } : {}
}

/** Whether there is nothing to read but an error. */
export function isFailure(
  response: ObservedResponse,
  document: JsonObject | undefined,
): document is undefined {
  return document === undefined || response.status >= 400
}

function statedError(document: JsonObject | undefined): ProviderError | undefined {
  if (document === undefined) return undefined
  // In vLLM's and Mistral's, the document is the error itself.
  const itself = document.object === 'error' ? document : undefined
  // Some state `false`, `""` or `{}` if there is none.
  const error = document.error || itself || objectsIn(document.errors)[0]
  const details = asObject(error)
  if (!error || (details !== undefined && Object.keys(details).length === 0))
    return readNumberedError(document)
  if (details === undefined) {
    const type = firstCode(document.code, document.error_type)
    return { ...(type !== undefined && { type }), ...(typeof error === 'string' && { message: error }) }
  }
  const type = firstCode(details.type, details.status, details.code)
  const message = asName(details.message)
  return { ...(type !== undefined && { type }), ...(message !== undefined && { message }) }
}

/** The errors of Baidu, MiniMax, iFlytek and Z.AI are numbers, even in a 200; some state 0 if there is none. */
function readNumberedError(document: JsonObject): ProviderError | undefined {
  const status = asObject(document.base_resp)
  const numbered = 'sid' in document || document.success === false ? document : undefined
  const code = asCount(document.error_code) ?? asCount(status?.status_code) ?? asCount(numbered?.code)
  if (code === undefined || code === 0) return undefined
  const message =
    asName(document.error_msg) ?? asName(status?.status_msg) ?? asName(numbered?.message ?? numbered?.msg)
  return { type: String(code), ...(message !== undefined && { message }) }
}

/** In a 200, a number says more than the status does. */
function numberOf(document: JsonObject | undefined): ProviderError {
  const error = asObject(document?.error)
  // The second is Hugging Face's name for it.
  const code = asCount(error?.code) ?? asCount(error?.http_status_code)
  return code === undefined ? {} : { type: String(code) }
}

function firstCode(...candidates: unknown[]): string | undefined {
  for (const candidate of candidates) {
    if (typeof candidate !== 'string' || NO_CODES.includes(candidate)) continue
    const code = candidate.slice(candidate.lastIndexOf('#') + 1)
    if (CODE.test(code)) return asName(code)
  }
  return undefined
}

/** `x-amzn-errortype: ValidationException:http://internal.amazon.com/...` */
function awsErrorType(response: ObservedResponse): string | undefined {
  return asName(response.header('x-amzn-errortype')?.split(':', 1)[0])
}
