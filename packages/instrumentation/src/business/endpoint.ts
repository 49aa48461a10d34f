import { type AttributeValue, type Context, type Span, SpanKind, trace } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { attributesOf } from '../call/span-attributes.ts'
import { ATTR_HTTP_ROUTE, ATTR_OPERATION_NAME } from '../semconv.ts'

/** The route of the incoming request that is being answered in this context, as `@opentelemetry/instrumentation-*` leave it. */
export function endpointOf(context: Context): AttributeValue | undefined {
  const rpc = getRPCMetadata(context)
  return rpc?.route ?? (rpc && attributesOf(rpc.span)?.[ATTR_HTTP_ROUTE]) ?? routeOfHandler(context)
}

/** What Hono's own middleware is at, as long as the handler runs. */
const ANY_ROUTE = '/*'

/**
 * Fastify's, NestJS' and others tell it nowhere but on a span around the handler. SDKs call the path of their own requests a
 * route too.
 */
function routeOfHandler(context: Context): AttributeValue | undefined {
  const span = trace.getSpan(context) as (Span & { readonly kind?: SpanKind }) | undefined
  const attributes = span && attributesOf(span)
  if (attributes === undefined || span?.kind === SpanKind.CLIENT) return undefined
  const isOfSdk = attributes[ATTR_OPERATION_NAME] !== undefined
  const route = attributes[ATTR_HTTP_ROUTE]
  return isOfSdk || route === ANY_ROUTE ? undefined : route
}
