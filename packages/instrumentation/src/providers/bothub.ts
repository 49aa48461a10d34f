import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const bothub: Provider = {
  name: 'bothub',
  matches: ({ host }) => isWithin(host, 'bothub.ru'),
}
