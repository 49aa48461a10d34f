import { azureName } from './azure-name.ts'
import { bedrockArn } from './bedrock-arn.ts'
import { bedrockProfile } from './bedrock-profile.ts'
import { bedrockVersion } from './bedrock-version.ts'
import { datedSnapshot } from './dated-snapshot.ts'
import { fineTuned } from './fine-tuned.ts'
import { providerPrefix } from './provider-prefix.ts'
import { resourcePath } from './resource-path.ts'
import { routerSuffix } from './router-suffix.ts'
import type { ModelIdRule } from './types.ts'
import { vertexVersion } from './vertex-version.ts'

/** How ids are written, in the order in which they are taken apart; a listed id is found before any of them applies. */
export const MODEL_ID_RULES: readonly ModelIdRule[] = [
  bedrockArn,
  resourcePath,
  bedrockProfile,
  fineTuned,
  routerSuffix,
  providerPrefix,
  azureName,
  vertexVersion,
  bedrockVersion,
  datedSnapshot,
]
