/**
 * Whether a host is this machine's loopback address; IPv6 with or without brackets. A name that begins like one, such as
 * `127.evil.example`, is not.
 */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){1,3}$/.test(host)
}
