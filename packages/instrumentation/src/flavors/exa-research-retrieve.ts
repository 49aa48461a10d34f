import { exaResearch } from './exa-research.ts'
import { fetching } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what exa-research has started. */
export const exaResearchRetrieve: ApiFlavor = {
  name: 'exa-research-retrieve',
  endpoints: ['GET api.exa.ai/research/v1/{research}'],
  ...fetching(exaResearch),
}
