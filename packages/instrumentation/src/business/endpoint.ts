import { type AttributeValue, type Context, type Span, SpanKind, trace } from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import { attributesOf } from '../call/span-attributes.ts'
import { ATTR_HTTP_ROUTE, ATTR_NEXT_ROUTE, ATTR_OPERATION_NAME } from '../semconv.ts'

/** The route of the incoming request that is being answered in this context, where nothing more than the context is known. */
export function endpointOf(context: Context): AttributeValue | undefined {
  return routeOfRequest(getRPCMetadata(context)) ?? routeOfHandler(trace.getSpan(context))
}

/** As the routers of `@opentelemetry/instrumentation-*` leave it, once they know it and until the request's span ends. */
export function routeOfRequest(rpc: RPCMetadata | undefined): AttributeValue | undefined {
  return rpc?.route ?? (rpc && attributesOf(rpc.span)?.[ATTR_HTTP_ROUTE])
}

/** What Hono's own middleware is at, as long as the handler runs. */
const ANY_ROUTE = '/*'

/**
 * Fastify's, NestJS', Next.js' and others tell it nowhere but on a span around the handler, as long as that runs. SDKs
 * call the path of their own requests a route too.
 */
export function routeOfHandler(span: Span | undefined): AttributeValue | undefined {
  const attributes = span && attributesOf(span)
  if (attributes === undefined || attributes[ATTR_OPERATION_NAME] !== undefined) return undefined
  if ((span as { readonly kind?: SpanKind }).kind === SpanKind.CLIENT) return undefined
  const route = attributes[ATTR_NEXT_ROUTE] ?? attributes[ATTR_HTTP_ROUTE]
  return route === ANY_ROUTE ? undefined : route
}
