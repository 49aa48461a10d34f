import { byResource } from '../otlp/by-resource.ts'
import type { ResourceView } from '../otlp/types.ts'
import { asKeyValue } from './business-keys.ts'

/** `deployment.environment.name`, or its former name. */
export const environmentOf: (resource: ResourceView) => string | undefined = byResource(
  ({ attributes }) =>
    asKeyValue(attributes.get('deployment.environment.name')) ??
    asKeyValue(attributes.get('deployment.environment')),
)

/** The value of a call's business key. For the environment, the resource's goes before the span's own key. */
export function tagOf(
  key: string,
  business: Readonly<Record<string, string>>,
  environment: string | undefined,
): string | undefined {
  return key === 'environment' ? (environment ?? business.environment) : business[key]
}
