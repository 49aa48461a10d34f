import { isWithin } from './hosts.ts'
import type { Provider } from './types.ts'

export const fishAudio: Provider = {
  name: 'fish_audio',
  matches: ({ host }) => isWithin(host, 'fish.audio'),
}
