import tls from 'node:tls'

let areTrusted = false

/**
 * From now on trusts whom this machine trusts, a company's own authority for instance, beside those that Node brings
 * along. For TLS without authorities of its own, in this thread.
 */
export function trustSystemAuthorities(): void {
  // Before Node 22.19 there is NODE_EXTRA_CA_CERTS; importing this by its name would end the process.
  if (areTrusted || tls.setDefaultCACertificates === undefined) return
  areTrusted = true
  const known = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
  tls.setDefaultCACertificates([...new Set(known)])
}
