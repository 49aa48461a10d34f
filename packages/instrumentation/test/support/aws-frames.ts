/** AWS's framing, with checksums left out: nothing here reads them. */
export function awsFrames(...payloads: string[]): Buffer {
  return Buffer.concat(
    payloads.map((payload) => {
      const headers = Buffer.from('\x0b:event-type\x07\x00\x05chunk', 'latin1')
      const frame = Buffer.alloc(16 + headers.length + Buffer.byteLength(payload))
      frame.writeUInt32BE(frame.length, 0)
      frame.writeUInt32BE(headers.length, 4)
      headers.copy(frame, 12)
      frame.write(payload, 12 + headers.length)
      return frame
    }),
  )
}
