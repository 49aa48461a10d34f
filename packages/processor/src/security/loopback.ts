/** Whether a host, as in a URL or without the brackets around IPv6, is this machine to itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127\./.test(host)
}
