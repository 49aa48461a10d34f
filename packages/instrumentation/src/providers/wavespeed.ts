import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const wavespeed: Provider = {
  name: 'wavespeed',
  matches: ({ host }) => isWithin(host, 'wavespeed.ai'),
}
