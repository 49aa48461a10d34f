import type { MeteringConfiguration } from './configuration.ts'
import type { ApiFlavor } from './flavors/types.ts'
import { loadFamilies } from './load-families.ts'
import type { ObservedResponse, RequestHead } from './wire/types.ts'

/** What a request's method and address tell: which API it speaks and who will bill for it. */
export interface Recognised {
  readonly flavor: ApiFlavor
  /** `gen_ai.provider.name`. */
  readonly provider: string
  /** No provider is known for the host: it is taken to be the one whose API this is. */
  readonly isAssumed?: boolean
}

/** What calls to one path of one host have been found to be. */
interface Remembered {
  readonly port: number | undefined
  readonly recognised: Recognised
}

export type Recognise = (head: RequestHead) => Recognised | undefined

/** How many addresses are remembered. An app calls few, unless their paths contain ids. */
const MAX_REMEMBERED = 500

/** Called for every outgoing request of the app: what isn't an LLM call must cost well under a microsecond. */
export function createRecognition(configuration: MeteringConfiguration): Recognise {
  const { hosts, disabledFlavors, disabledProviders, ignoreRequestHook } = configuration
  const byHost = new Map<string, Map<string, Remembered>>()
  let remembered = 0

  function recall(flavor: ApiFlavor, { host, path, port }: RequestHead): Recognised | undefined {
    const known = byHost.get(host)?.get(path)
    return known?.port === port && known?.recognised.flavor === flavor ? known.recognised : undefined
  }

  // Who bills depends on the address alone, and there are hundreds of providers to ask.
  function remember(flavor: ApiFlavor, head: RequestHead): Recognised {
    const { host, path, port } = head
    const provider = hosts[host] ?? loadFamilies().findProvider(head)
    const recognised = { flavor, provider: provider ?? flavor.provider, isAssumed: provider === undefined }
    if (remembered++ === MAX_REMEMBERED) {
      byHost.clear()
      remembered = 1
    }
    const paths = byHost.get(host) ?? new Map<string, Remembered>()
    byHost.set(host, paths.set(path, { port, recognised }))
    return recognised
  }

  return (head) => {
    const flavor = loadFamilies().findFlavor(head)
    if (flavor === undefined || disabledFlavors.includes(flavor.name)) return undefined
    const recognised = recall(flavor, head) ?? remember(flavor, head)
    if (disabledProviders.includes(recognised.provider) || ignoreRequestHook?.(head) === true)
      return undefined
    return recognised
  }
}

/** The provider that a response names in its headers, where the address didn't tell. */
export function signerOf(
  { isAssumed }: Recognised,
  response: ObservedResponse | undefined,
): string | undefined {
  return isAssumed === true && response !== undefined ? loadFamilies().signerOf(response) : undefined
}
