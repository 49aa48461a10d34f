import type { Dashboard } from '@grafana/schema'
import { feature } from './feature.ts'
import { model } from './model.ts'
import { overview } from './overview.ts'
import { quality } from './quality.ts'
import { tenant } from './tenant.ts'
import { tokensAndCache } from './tokens.ts'
import { workflow } from './workflow.ts'

/** Every dashboard, by the name of its file in grafana/dashboards/. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  overview,
  feature,
  'model-and-provider': model,
  'tenant-and-team': tenant,
  workflow,
  'tokens-and-cache': tokensAndCache,
  'data-quality': quality,
}
