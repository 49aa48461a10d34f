import { getCACertificates, setDefaultCACertificates } from 'node:tls'

let areTrusted = false

/**
 * From now on trusts whom this machine trusts, a company's own authority for instance, beside those that Node brings
 * along. For TLS without authorities of its own, in this thread.
 */
export function trustSystemAuthorities(): void {
  // Before Node 22.19 there is NODE_EXTRA_CA_CERTS.
  if (areTrusted || setDefaultCACertificates === undefined) return
  areTrusted = true
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
}
