import { asName } from '../../wire/json.ts'
import type { ObservedRequest } from '../../wire/types.ts'
import type { GenAiRequest } from '../types.ts'
import { known } from './known.ts'
import { readRequestMembers } from './request-members.ts'

/**
 * A batch that is fetched, or created with the model that it is for.
 *
 * @param mark a member of every body that creates a batch: a body without it is something else.
 */
export function readBatchRequest(request: ObservedRequest, mark?: string): GenAiRequest | undefined {
  if (request.method === 'GET') return { operation: 'fetch_batch_results', batch: true }
  const body = readRequestMembers(request)
  if (mark !== undefined && body !== undefined && !(mark in body)) return undefined
  return known<GenAiRequest>({
    operation: 'create_batch',
    batch: true,
    model: asName(body?.model),
  })
}
