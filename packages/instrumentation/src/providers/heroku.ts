import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const heroku: Provider = {
  name: 'heroku',
  matches: ({ host }) => isWithin(host, 'inference.heroku.com'),
}
