import type { Panel } from '@grafana/schema'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dashboards } from '../../collector-config/scripts/dashboards/index.ts'
import { expectedPanels } from './support/expected-panels.ts'
import {
  type PlantedPrometheus,
  type PromSample,
  startPlantedPrometheus,
} from './support/planted-prometheus.ts'
import { havePrograms } from './support/programs.ts'

interface PanelQuery {
  /** `dashboard / panel / refId`. */
  title: string
  expr: string
  legend: string
}

const queries: PanelQuery[] = Object.entries(dashboards).flatMap(([name, dashboard]) =>
  (dashboard.panels ?? [])
    .filter((panel): panel is Panel => panel.type !== 'row')
    .flatMap((panel) =>
      (panel.targets ?? [])
        .filter((target) => typeof target.expr === 'string')
        .map((target) => ({
          title: `${name} / ${panel.title} / ${target.refId}`,
          expr: String(target.expr),
          legend: String(target.legendFormat),
        })),
    ),
)

/** As Grafana does with the defaults of the variables and a range of one hour. */
function filledIn(expression: string): string {
  return expression
    .replaceAll(/\$(environment|team|feature|provider|model)\b/g, '.*')
    .replaceAll('$__range', '1h')
    .replaceAll('$__rate_interval', '5m')
}

function legendOf(template: string, { metric }: PromSample): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => metric[label] ?? '')
}

describe.skipIf(!havePrograms('prometheus', 'promtool'))('dashboards on planted data', () => {
  let prometheus: PlantedPrometheus
  beforeAll(async () => {
    prometheus = await startPlantedPrometheus()
  })
  afterAll(() => prometheus.stop())

  it.each(queries)('$title', async ({ title, expr, legend }) => {
    const samples = await prometheus.query(filledIn(expr))
    const byLegend = Object.fromEntries(
      samples.map((sample) => [
        legend.includes('{{') ? legendOf(legend, sample) : Object.values(sample.metric).join(' ') || legend,
        Number(Number(sample.value[1]).toPrecision(9)),
      ]),
    )
    expect(byLegend).toEqual(expectedPanels[title])
  })

  it('expects nothing of a panel that is gone', () => {
    expect(
      Object.keys(expectedPanels).filter((title) => !queries.some((query) => query.title === title)),
    ).toEqual([])
  })
})
