/** AWS's framing, with checksums left out: nothing here reads them. */
export function awsFrames(...payloads: string[]): Buffer {
  return Buffer.concat(payloads.map((payload) => awsFrame({ ':event-type': 'chunk' }, payload)))
}

export function awsFrame(named: Record<string, string>, payload: string): Buffer {
  const headers = Buffer.concat(Object.entries(named).map(([name, value]) => header(name, value)))
  const frame = Buffer.alloc(16 + headers.length + Buffer.byteLength(payload))
  frame.writeUInt32BE(frame.length, 0)
  frame.writeUInt32BE(headers.length, 4)
  headers.copy(frame, 12)
  frame.write(payload, 12 + headers.length)
  return frame
}

function header(name: string, value: string): Buffer {
  return Buffer.from(
    `${String.fromCharCode(name.length)}${name}\x07\x00${String.fromCharCode(value.length)}${value}`,
    'latin1',
  )
}
