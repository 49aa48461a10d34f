/**
 * Whether a host is this machine to itself, IPv6 with or without brackets. A name that begins like an address, `127.evil.example`,
 * may be anybody's.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){1,3}$/.test(host)
}
