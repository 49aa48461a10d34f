import { flavors } from './flavors/index.ts'
import type { ApiFlavor, GenAiRequest } from './flavors/types.ts'
import { providers } from './providers/index.ts'
import type { ObservedRequest, RequestHead } from './wire/types.ts'

/** An outgoing request that is an LLM call, as far as method, host and path can tell. */
export interface Recognition {
  /** `gen_ai.provider.name`. */
  readonly provider: string
  readonly flavor: ApiFlavor
}

/**
 * Whether a request is an LLM call, whose and in which API flavor. Called for every request that leaves the process:
 * what isn't one costs a few comparisons of its path and no allocation.
 *
 * @param hosts providers of hosts that can't be known here, by host: `llm.corp.example` is `openai`.
 */
export function recognise(
  request: RequestHead,
  hosts?: ReadonlyMap<string, string>,
): Recognition | undefined {
  for (const flavor of flavors) {
    if (flavor.matches(request)) return { flavor, provider: providerOf(request, hosts) ?? flavor.provider }
  }
  return undefined
}

/** A recognised call whose request is read. */
export interface RecognisedCall extends Recognition {
  readonly request: GenAiRequest
}

/**
 * Reads the request of what was recognised. Some paths are shared (`/v1/chat` is Cohere's and Writer's): then the body
 * decides which of the flavors it is.
 *
 * @returns `undefined` where the body shows that it is no LLM call.
 */
export function readCall(request: ObservedRequest, recognised: Recognition): RecognisedCall | undefined {
  for (let index = flavors.indexOf(recognised.flavor); index < flavors.length; index++) {
    const flavor = flavors[index]!
    if (flavor !== recognised.flavor && !flavor.matches(request)) continue
    const read = flavor.readRequest(request)
    if (read === undefined) continue
    const provider =
      recognised.provider === recognised.flavor.provider ? flavor.provider : recognised.provider
    return { flavor, provider, request: read }
  }
  return undefined
}

function providerOf(
  request: RequestHead,
  hosts: ReadonlyMap<string, string> | undefined,
): string | undefined {
  const configured = hosts?.get(request.host)
  if (configured !== undefined) return configured
  for (const provider of providers) if (provider.matches(request)) return provider.name
  return undefined
}
