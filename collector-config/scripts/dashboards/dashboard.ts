import {
  type Dashboard,
  DashboardCursorSync,
  type Panel,
  type RowPanel,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from '@grafana/schema'
import { prometheus } from './data-sources.ts'
import type { PlacedLater } from './panels.ts'

/** A row's title, and the panels beneath it. */
export interface Row {
  title: string
  panels: readonly PlacedLater[]
}

/** A whole dashboard with our variables, annotations and links, its panels placed from left to right. */
export function dashboard(options: {
  uid: string
  title: string
  description: string
  rows: readonly Row[]
  /** Free text, for what is no label of a metric. */
  textVariables?: readonly string[]
}): Dashboard {
  return {
    uid: options.uid,
    title: `Spanmeter / ${options.title}`,
    description: options.description,
    tags: ['spanmeter'],
    schemaVersion: 41,
    version: 1,
    editable: true,
    graphTooltip: DashboardCursorSync.Crosshair,
    time: { from: 'now-24h', to: 'now' },
    refresh: '1m',
    timezone: 'browser',
    templating: { list: [...variables, ...(options.textVariables ?? []).map(textVariable)] },
    annotations: {
      list: [
        {
          name: 'Alerts',
          datasource: prometheus,
          enable: true,
          iconColor: 'red',
          expr: 'ALERTS{alertname=~"Spanmeter.*",alertstate="firing"}',
          titleFormat: '{{alertname}}',
          textFormat: '{{feature}} {{tenant}} {{model}} {{budget}}',
        } as never,
      ],
    },
    links: [
      {
        type: 'dashboards',
        title: 'Spanmeter',
        tags: ['spanmeter'],
        asDropdown: true,
        icon: 'external link',
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        tooltip: '',
      },
    ],
    panels: placed(options.rows),
  }
}

function dataSourceVariable(name: string): VariableModel {
  return { name, label: name, type: 'datasource', query: name, current: { text: name, value: name } }
}

/** Each offers the values that the ones before it leave. */
function labelVariable(name: string, filters: readonly string[]): VariableModel {
  const selector = filters.map((label) => `${label}=~"$${label}"`).join(',')
  return {
    name,
    label: name,
    type: 'query',
    datasource: prometheus,
    query: { query: `label_values(spanmeter_calls_total{${selector}}, ${name})`, refId: name },
    refresh: VariableRefresh.onTimeRangeChanged,
    sort: VariableSort.alphabeticalAsc,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  }
}

function textVariable(name: string): VariableModel {
  return { name, label: name, type: 'textbox', query: '.*', current: { text: '.*', value: '.*' } }
}

const variables: readonly VariableModel[] = [
  dataSourceVariable('prometheus'),
  dataSourceVariable('tempo'),
  dataSourceVariable('jaeger'),
  labelVariable('environment', []),
  labelVariable('team', ['environment']),
  labelVariable('feature', ['environment', 'team']),
  labelVariable('provider', ['environment', 'team', 'feature']),
  labelVariable('model', ['environment', 'team', 'feature', 'provider']),
]

function placed(rows: readonly Row[]): (Panel | RowPanel)[] {
  const panels: (Panel | RowPanel)[] = []
  let top = 0
  for (const row of rows) {
    panels.push({
      type: 'row',
      id: panels.length + 1,
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y: top, w: 24, h: 1 },
    })
    top++
    let left = 0
    let height = 0
    for (const { width, height: panelHeight, ...panel } of row.panels) {
      if (left + width > 24) {
        top += height
        left = 0
        height = 0
      }
      panels.push({ ...panel, id: panels.length + 1, gridPos: { x: left, y: top, w: width, h: panelHeight } })
      left += width
      height = Math.max(height, panelHeight)
    }
    top += height
  }
  return panels
}
