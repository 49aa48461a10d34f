import tls from 'node:tls'

let areTrusted = false

/**
 * From now on, this thread trusts the authorities that the machine trusts, such as a company's own, in addition to Node's; for
 * TLS connections without a CA of their own.
 */
export function trustSystemAuthorities(): void {
  // Missing before Node 22.19 (where NODE_EXTRA_CA_CERTS can be used); a named import would then end the process.
  if (areTrusted || tls.setDefaultCACertificates === undefined) return
  areTrusted = true
  const known = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
  tls.setDefaultCACertificates([...new Set(known)])
}
