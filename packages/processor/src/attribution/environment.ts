import { byResource } from '../otlp/by-resource.ts'
import type { ResourceView } from '../otlp/types.ts'
import { asKeyValue } from './business-keys.ts'

/** `deployment.environment.name`, or what it was called before. */
export const environmentOf: (resource: ResourceView) => string | undefined = byResource(
  ({ attributes }) =>
    asKeyValue(attributes.get('deployment.environment.name')) ??
    asKeyValue(attributes.get('deployment.environment')),
)
