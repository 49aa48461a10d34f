import { diag } from '@opentelemetry/api'
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  osDetector,
  processDetector,
  type Resource,
  type ResourceDetector,
} from '@opentelemetry/resources'
import { readList } from '../environment-values.ts'
import { serviceInstanceIdDetector } from './service-instance-id.ts'

/** The later one has the word. */
const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  serviceinstance: serviceInstanceIdDetector,
  process: processDetector,
  host: hostDetector,
  os: osDetector,
  env: envDetector,
}

/** What runs here, as `OTEL_NODE_RESOURCE_DETECTORS` says and `OTEL_RESOURCE_ATTRIBUTES`. */
export function detectResource(): Resource {
  const names = readList('OTEL_NODE_RESOURCE_DETECTORS') ?? ['all']
  if (names.includes('none')) return defaultResource()
  const detectors = names.includes('all') ? Object.values(DETECTORS) : names.flatMap(detectorNamed)
  const resource = defaultResource().merge(detectResources({ detectors }))
  // An app may exit before anything is exported: what isn't settled by then is left out.
  void resource.waitForAsyncAttributes?.()
  return resource
}

function detectorNamed(name: string): ResourceDetector[] {
  const detector = DETECTORS[name]
  if (detector !== undefined) return [detector]
  const known = Object.keys(DETECTORS).join(', ')
  diag.warn(`OTEL_NODE_RESOURCE_DETECTORS=${name} is none of all, none, ${known}: ignored`)
  return []
}
