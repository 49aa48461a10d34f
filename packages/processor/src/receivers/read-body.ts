import type { IncomingMessage } from 'node:http'
import { freeMemory } from '../otlp/free-memory.ts'
import { GrpcCode, OtlpError } from '../protocol/otlp-error.ts'
import { BodyCollector, type BodyLimits, type PooledBytes } from './body-collector.ts'

/** Reads an HTTP request's body into pooled memory. @throws OtlpError 413 over the limit, 503 overloaded, 499 disconnected */
export function readBody(request: IncomingMessage, limits: BodyLimits): Promise<PooledBytes> {
  return new Promise((resolve, reject) => {
    const collector = new BodyCollector(limits, Number(request.headers['content-length'] ?? Number.NaN))
    const fail = (error: unknown): void => {
      request.off('data', push)
      request.pause()
      reject(error as Error)
    }
    const push = (chunk: Buffer): void => {
      try {
        collector.push(chunk)
        freeMemory(chunk)
      } catch (error) {
        fail(error)
      }
    }
    request.on('data', push)
    request.on('end', () => resolve(collector.finish()))
    request.on('error', () => undefined)
    request.on('close', () => {
      if (request.complete) return
      collector.release()
      fail(clientWentAway())
    })
  })
}

function clientWentAway(): OtlpError {
  return new OtlpError('the client disconnected before its request was complete', {
    grpcCode: GrpcCode.cancelled,
    httpStatus: 499,
  })
}
