/** OpenSSL's codes for a certificate that was not signed by a trusted authority. */
const UNKNOWN_AUTHORITY = /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|SELF_SIGNED_CERT/

/** For errors of OpenSSL and HTTP/2, what is usually wrong with the settings of an exporter. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [
    UNKNOWN_AUTHORITY,
    "the server's certificate was signed by an unknown authority; set tls.ca_file to that authority's certificate",
  ],
  [/CERT_HAS_EXPIRED/, "the server's certificate has expired"],
  [/CERT_NOT_YET_VALID/, "the server's certificate is not valid yet, or this machine's clock is wrong"],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/i,
    'the server does not speak TLS on this port; should the endpoint begin with http://?',
  ],
  [
    /no application protocol|NO_APPLICATION_PROTOCOL/,
    'the server does not speak HTTP/2 on this port, which gRPC needs',
  ],
  [
    /certificate required|bad certificate|handshake failure/i,
    'the server asks for a client certificate; set tls.cert_file and tls.key_file',
  ],
  [
    /Expected HTTP\//,
    'the server does not speak HTTP/1.1 on this port; a port for gRPC needs protocol: grpc',
  ],
]

type Failure = Error & { readonly code?: unknown }

/** Why an exporter got no answer, with advice if the cause is known. */
export function describeFailure(error: Failure): string {
  const code = codeOf(error)
  const [, advice] = ADVICE.find(([words]) => words.test(`${code} ${error.message}`)) ?? []
  if (advice === undefined) return reasonOf(error)
  return code === '' ? advice : `${code}: ${advice}`
}

/** Why there was no answer. */
export function reasonOf(error: Failure): string {
  const { message, cause } = error
  const code = codeOf(error)
  const reason = message || (cause instanceof Error ? cause.message : 'connection failed')
  return code === '' || reason.includes(code) ? reason : `${code}: ${reason}`
}

/** Whether the server's certificate was signed by an unknown authority. */
export function isUnknownAuthority(error: Failure): boolean {
  return UNKNOWN_AUTHORITY.test(codeOf(error))
}

function codeOf({ code }: Failure): string {
  return typeof code === 'string' ? code : ''
}
