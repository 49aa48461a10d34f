import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const kling: Provider = {
  name: 'kling',
  matches: ({ host }) => isWithin(host, 'klingai.com'),
}
