import { type AttributeValue, type Context, type Span, SpanKind, trace } from '@opentelemetry/api'
import { getRPCMetadata, type RPCMetadata } from '@opentelemetry/core'
import { attributesOf } from '../call/span-attributes.ts'
import { ATTR_HTTP_ROUTE, ATTR_NEXT_ROUTE, ATTR_OPERATION_NAME } from '../semconv.ts'

/** The route of the incoming request that is being answered in this context. */
export function endpointOf(context: Context): AttributeValue | undefined {
  return routeOfRequest(getRPCMetadata(context)) ?? routeOfHandler(trace.getSpan(context))
}

/** As the instrumentations of routers (`@opentelemetry/instrumentation-*`) state it, until the request's span ends. */
export function routeOfRequest(rpc: RPCMetadata | undefined): AttributeValue | undefined {
  return rpc?.route ?? (rpc && attributesOf(rpc.span)?.[ATTR_HTTP_ROUTE])
}

/** Next.js puts the routes of its pages API only into the names of its spans. */
const NAMED_ROUTE = /^executing api route \(pages\) (.+)/

/** The route of Hono's own middleware, which is around the handler. */
const ANY_ROUTE = '/*'

/**
 * The instrumentations of Fastify, NestJS, Next.js and others put the route only on a span around the handler. A client
 * span doesn't count: SDKs call the paths of their own requests routes too.
 */
export function routeOfHandler(span: Span | undefined): AttributeValue | undefined {
  const attributes = span && attributesOf(span)
  if (attributes === undefined || attributes[ATTR_OPERATION_NAME] !== undefined) return undefined
  const { kind, name } = span as { readonly kind?: SpanKind; readonly name?: string }
  if (kind === SpanKind.CLIENT) return undefined
  const route = attributes[ATTR_NEXT_ROUTE] ?? attributes[ATTR_HTTP_ROUTE] ?? name?.match(NAMED_ROUTE)?.[1]
  return route === ANY_ROUTE ? undefined : route
}
