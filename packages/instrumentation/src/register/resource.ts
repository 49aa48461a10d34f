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

/** Where two detect the same attribute, the later one counts. */
const DETECTORS: Readonly<Record<string, ResourceDetector>> = {
  serviceinstance: serviceInstanceIdDetector,
  process: processDetector,
  host: hostDetector,
  os: osDetector,
  env: envDetector,
}

/** The resource of this process, as `OTEL_NODE_RESOURCE_DETECTORS` and `OTEL_RESOURCE_ATTRIBUTES` say. */
export function detectResource(): Resource {
  const names = readList('OTEL_NODE_RESOURCE_DETECTORS') ?? ['all']
  if (names.includes('none')) return defaultResource()
  const detectors = names.includes('all') ? Object.values(DETECTORS) : names.flatMap(detectorNamed)
  const resource = defaultResource().merge(detectResources({ detectors }))
  // Asked for now, as an app may exit before its first export: what isn't known by then is left out.
  void resource.waitForAsyncAttributes?.()
  return resource
}

function detectorNamed(name: string): ResourceDetector[] {
  const detector = DETECTORS[name]
  if (detector !== undefined) return [detector]
  const known = Object.keys(DETECTORS).join(', ')
  diag.warn(`OTEL_NODE_RESOURCE_DETECTORS=${name} is not one of all, none, ${known}: ignored`)
  return []
}
