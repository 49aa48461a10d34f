import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const clarifai: Provider = {
  name: 'clarifai',
  matches: ({ host }) => isWithin(host, 'clarifai.com'),
}
