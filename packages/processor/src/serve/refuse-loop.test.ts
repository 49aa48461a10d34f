import { networkInterfaces } from 'node:os'
import { beforeEach, expect, test, vi } from 'vitest'
import { parseConfig } from '../config/load-config.ts'
import { refuseLoop } from './refuse-loop.ts'

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  hostname: vi.fn(() => 'web-1'),
  networkInterfaces: vi.fn(),
}))

beforeEach(() => {
  vi.mocked(networkInterfaces).mockReturnValue({ eth0: [{ address: '192.0.2.7' } as never] })
})

function refuse(endpoint: string, receiver: string): void {
  const { exporters } = parseConfig(JSON.stringify({ exporters: [{ name: 'a', endpoint }] }), 'test', {})
  refuseLoop(exporters, [receiver])
}

test.each(['127.0.0.1', 'localhost', '192.0.2.7', 'web-1'])(
  'an exporter to %s leads back to a receiver that listens everywhere',
  (host) => {
    expect(() => refuse(`http://${host}:4318`, 'http://0.0.0.0:4318')).toThrow('own receiver')
  },
)

test.each([
  ['http://tempo:4318', 'http://0.0.0.0:4318'],
  ['http://192.0.2.7:4318', 'http://127.0.0.1:4318'],
  ['http://localhost:4317', 'http://127.0.0.1:4318'],
])('%s does not lead back to %s', (endpoint, receiver) => {
  expect(() => refuse(endpoint, receiver)).not.toThrow()
})

test('a sandbox that tells no addresses of the machine keeps no other exporter from starting', () => {
  vi.mocked(networkInterfaces).mockImplementation(() => {
    throw new Error('uv_interface_addresses returned Unknown system error 97')
  })
  expect(() => refuse('http://tempo:4318', 'http://0.0.0.0:4318')).not.toThrow()
  expect(() => refuse('http://localhost:4318', 'http://0.0.0.0:4318')).toThrow('own receiver')
})
