/** OpenSSL's codes where a server's certificate leads to no authority that is trusted. */
const UNKNOWN_AUTHORITY = /UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT|SELF_SIGNED_CERT/

/** What is mostly wrong with the settings of an exporter where OpenSSL or HTTP/2 say this. */
const ADVICE: readonly (readonly [words: RegExp, advice: string])[] = [
  [UNKNOWN_AUTHORITY, "nobody known here has signed the server's certificate; name who has as tls.ca_file"],
  [/CERT_HAS_EXPIRED/, "the server's certificate has expired"],
  [/CERT_NOT_YET_VALID/, "the server's certificate is not valid yet, or this machine's clock is wrong"],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG/i,
    'the server speaks no TLS there; its endpoint may begin with http://',
  ],
  [/no application protocol|NO_APPLICATION_PROTOCOL/, 'the server speaks no HTTP/2 there, and gRPC needs it'],
  [
    /certificate required|bad certificate|handshake failure/i,
    'the server asks for a client certificate; set tls.cert_file and tls.key_file',
  ],
  [/Expected HTTP\//, 'the server speaks no HTTP/1.1 there; a port for gRPC needs protocol: grpc'],
]

type Failure = Error & { readonly code?: unknown }

/** Why an exporter got no answer, in words that say what to do where that is known. */
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

/** Whether it is that nobody known here has signed the server's certificate. */
export function isUnknownAuthority(error: Failure): boolean {
  return UNKNOWN_AUTHORITY.test(codeOf(error))
}

function codeOf({ code }: Failure): string {
  return typeof code === 'string' ? code : ''
}
