import type { ModelMatch } from './model-match.ts'
import type { PriceableCall } from './types.ts'

/** The keys under `regions` that a call may fall under, most specific first. */
export function regionClasses(call: PriceableCall, match: ModelMatch): string[] {
  const read = READERS[match.provider.provider]
  return read === undefined ? [] : read(call, match)
}

type RegionReader = (call: PriceableCall, match: ModelMatch) => string[]

/** Where each provider's wire says in which geography a call ran. */
const READERS: Record<string, RegionReader> = {
  anthropic: inferenceGeography,
  openai: endpointRegion,
  x_ai: endpointRegion,
  'gcp.vertex_ai': (call, match) => {
    const location = (call.region ?? match.region ?? locationOfHost(call.host) ?? 'global').toLowerCase()
    return location === 'global' ? ['global'] : [location, 'regional']
  },
  'aws.bedrock': (call, match) => {
    const profile = match.regionClass
    if (profile === 'global') return ['global']
    const location = (match.region ?? call.region ?? locationOfHost(call.host))?.toLowerCase()
    const classes = location === undefined ? [] : [location]
    if (location?.startsWith('us-gov-')) classes.push('us-gov')
    if (profile !== undefined) return [...classes.filter((name) => name.startsWith('us-gov')), profile, 'geo']
    return [...classes, 'in-region']
  },
  'azure.ai.openai': azureDeployment,
  'azure.ai.inference': azureDeployment,
}

function inferenceGeography(call: PriceableCall): string[] {
  const geography = call.inferenceGeo?.toLowerCase()
  return geography === undefined || geography === 'global' || geography === 'not_available' ? [] : [geography]
}

/** `us.api.openai.com`, `us.api.x.ai` */
function endpointRegion(call: PriceableCall, match: ModelMatch): string[] {
  const host = /^(?:https?:\/\/)?([a-z]{2})\.api\./i.exec(call.host ?? '')?.[1]
  const name = (host ?? call.inferenceGeo ?? match.region ?? call.region)?.toLowerCase()
  return name === undefined ? [] : [name]
}

/** `us-east5-aiplatform.googleapis.com`, `bedrock-runtime.us-gov-west-1.amazonaws.com`, `aiplatform.us.rep.googleapis.com` */
function locationOfHost(host: string | undefined): string | undefined {
  if (host === undefined) return undefined
  const match =
    /^(?:https?:\/\/)?([a-z]+(?:-[a-z]+)*\d*)-aiplatform\./i.exec(host) ??
    /aiplatform\.([a-z]+)\.rep\./i.exec(host) ??
    /bedrock[a-z-]*\.([a-z]{2}(?:-[a-z]+)+-\d)\./i.exec(host)
  return match?.[1]
}

/** Azure bills by the type of the deployment, which no response states; the region may carry it. */
function azureDeployment(call: PriceableCall, match: ModelMatch): string[] {
  const words = [call.region, call.inferenceGeo, match.region].map((word) =>
    (word ?? '').toLowerCase().replace(/[\s_-]/g, ''),
  )
  for (const word of words) {
    if (word.startsWith('global')) return ['global']
    if (word === 'us' || word === 'eu') return [word, 'data-zone']
    const zone = /^(?:(us|eu))?datazone(?:standard|batch)?(us|eu)?$/.exec(word)
    if (zone !== null) return [...((zone[1] ?? zone[2]) ? [(zone[1] ?? zone[2])!] : []), 'data-zone']
    if (word === 'regional' || word === 'standardregional') return ['regional']
  }
  return []
}
