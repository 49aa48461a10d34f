import { createHash, timingSafeEqual } from 'node:crypto'
import { unauthenticated } from '../protocol/otlp-error.ts'
import type { RequestContext } from '../types.ts'

/** A credential, by the `Authorization` header that proves it. */
export interface Credential {
  /** A digest, as the header is only compared. */
  readonly authorizationDigest: Buffer
  readonly context: RequestContext
}

/** @throws OtlpError 401 / UNAUTHENTICATED */
export type Authenticate = (authorization: string | undefined) => RequestContext

const ANYONE: RequestContext = {}

export function bearerCredential(token: string, context: RequestContext = ANYONE): Credential {
  return { authorizationDigest: digest(`Bearer ${token}`), context }
}

export function basicCredential(username: string, password: string): Credential {
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return { authorizationDigest: digest(`Basic ${pair}`), context: ANYONE }
}

/**
 * Checks a header against all credentials in constant time: as always all digests are compared, the time doesn't depend on
 * length, content or position of a match.
 *
 * `credentials` is called for each request, so that a reload takes effect at once. If there are none, anyone is admitted.
 */
export function createAuthenticate(credentials: () => readonly Credential[]): Authenticate {
  return (authorization) => {
    const accepted = credentials()
    if (accepted.length === 0) return ANYONE
    const presented = digest(normalizeScheme(authorization ?? ''))
    let match: Credential | undefined
    for (const credential of accepted) {
      if (timingSafeEqual(credential.authorizationDigest, presented)) match = credential
    }
    if (match === undefined) throw unauthenticated()
    return match.context
  }
}

/** The scheme's name is case-insensitive (RFC 9110); what follows is not. */
function normalizeScheme(authorization: string): string {
  return authorization.replace(/^(bearer|basic) +/i, (scheme) =>
    /^b.*r/i.test(scheme) ? 'Bearer ' : 'Basic ',
  )
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
