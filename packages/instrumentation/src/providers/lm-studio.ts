import type { Provider } from './types.ts'

/** On the port that it takes unless told otherwise. */
export const lmStudio: Provider = {
  name: 'lm_studio',
  matches: ({ port }) => port === 1234,
}
