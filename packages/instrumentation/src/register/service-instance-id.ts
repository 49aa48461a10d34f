import type { ResourceDetector } from '@opentelemetry/resources'

/**
 * `service.instance.id`: a UUID of version 4, from `Math.random` as OpenTelemetry's trace ids are. OpenTelemetry's own
 * detector would make the start of every app wait for `node:crypto`.
 */
export const serviceInstanceIdDetector: ResourceDetector = {
  detect: () => ({ attributes: { 'service.instance.id': randomUuid() } }),
}

/** https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
function randomUuid(): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (digit) => {
    const random = Math.floor(Math.random() * 16)
    return (digit === 'x' ? random : (random & 0x3) | 0x8).toString(16)
  })
}
