import type { AttributeValue, Context } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { attributesOf } from '../call/span-attributes.ts'
import { ATTR_HTTP_ROUTE } from '../semconv.ts'

/** The route of the incoming request that is being answered in this context, as `@opentelemetry/instrumentation-*` leave it. */
export function endpointOf(context: Context): AttributeValue | undefined {
  const rpc = getRPCMetadata(context)
  return rpc && (rpc.route ?? attributesOf(rpc.span)?.[ATTR_HTTP_ROUTE])
}
