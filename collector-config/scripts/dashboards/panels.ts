import { type FieldConfigSource, type Panel, ThresholdsMode } from '@grafana/schema'
import { prometheus, tempo } from './data-sources.ts'
import type { DataLink } from './links.ts'

/** Grafana's ids of units: https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit */
export type Unit = 'currencyUSD' | 'percentunit' | 'short' | 's' | 'bytes'

/** A panel before it has its place: the grid is 24 wide. */
export type PlacedLater = Panel & { width: number; height: number }

export interface Query {
  expr: string
  legend: string
  exemplar?: boolean
}

interface Common {
  title: string
  /** What the number means and what to do about it, for the (i) of the panel. */
  description: string
  unit: Unit
  decimals?: number
  width?: number
  links?: DataLink[]
}

/** One number over the whole time range. */
export function stat(
  options: Common & { expr: string; higherIsWorse?: readonly [number, number] },
): PlacedLater {
  return {
    type: 'stat',
    title: options.title,
    description: options.description,
    datasource: prometheus,
    width: options.width ?? 4,
    height: 4,
    fieldConfig: fieldConfig(options, options.higherIsWorse),
    options: {
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      colorMode: options.higherIsWorse === undefined ? 'none' : 'value',
      graphMode: 'none',
    },
    targets: [instantTarget('A', { expr: options.expr, legend: options.title })],
  }
}

/** Lines over time; `stack` where the parts make a whole. */
export function timeSeries(options: Common & { queries: readonly Query[]; stack?: boolean }): PlacedLater {
  const config = fieldConfig(options)
  config.defaults.custom = {
    drawStyle: 'line',
    lineWidth: 1,
    fillOpacity: options.stack === true ? 40 : 0,
    showPoints: 'never',
    stacking: { mode: options.stack === true ? 'normal' : 'none', group: 'A' },
  }
  return {
    type: 'timeseries',
    title: options.title,
    description: options.description,
    datasource: prometheus,
    width: options.width ?? 12,
    height: 8,
    fieldConfig: config,
    options: {
      legend: { displayMode: 'table', placement: 'right', showLegend: true, calcs: ['mean', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: options.queries.map((query, index) => ({
      refId: refId(index),
      datasource: prometheus,
      expr: query.expr,
      legendFormat: query.legend,
      range: true,
      exemplar: query.exemplar ?? false,
    })),
  }
}

/** Ranked bars over the whole time range. */
export function ranking(options: Common & { query: Query; max?: number }): PlacedLater {
  const config = fieldConfig(options)
  config.defaults.min = 0
  if (options.max !== undefined) config.defaults.max = options.max
  return {
    type: 'bargauge',
    title: options.title,
    description: options.description,
    datasource: prometheus,
    width: options.width ?? 12,
    height: 8,
    fieldConfig: config,
    options: {
      orientation: 'horizontal',
      displayMode: 'basic',
      valueMode: 'text',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    },
    targets: [instantTarget('A', options.query)],
  }
}

export interface Column {
  name: string
  expr: string
  unit: Unit
}

/** A table of one row per label set, one column per query, the first column sorted first. */
export function table(
  options: Omit<Common, 'unit'> & {
    by: readonly string[]
    columns: readonly Column[]
    labelLinks?: Record<string, DataLink[]>
  },
): PlacedLater {
  const [first] = options.columns
  return {
    type: 'table',
    title: options.title,
    description: options.description,
    datasource: prometheus,
    width: options.width ?? 24,
    height: 9,
    fieldConfig: {
      defaults: {},
      overrides: [
        ...options.columns.map((column) => ({
          matcher: { id: 'byName', options: column.name },
          properties: [{ id: 'unit', value: column.unit }],
        })),
        ...Object.entries(options.labelLinks ?? {}).map(([label, links]) => ({
          matcher: { id: 'byName', options: label },
          properties: [{ id: 'links', value: links }],
        })),
      ],
    },
    options: {
      showHeader: true,
      sortBy: first === undefined ? [] : [{ displayName: first.name, desc: true }],
    },
    targets: options.columns.map((column, index) => ({
      ...instantTarget(refId(index), { expr: column.expr, legend: column.name }),
      format: 'table',
    })),
    transformations: [
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true },
          renameByName: Object.fromEntries(
            options.columns.map((column, index) => [
              options.columns.length === 1 ? 'Value' : `Value #${refId(index)}`,
              column.name,
            ]),
          ),
          indexByName: Object.fromEntries(options.by.map((label, index) => [label, index])),
        },
      },
    ],
  }
}

/** Traces found by TraceQL; only the attributes selected are shown, and never a prompt among them. */
export function traces(options: { title: string; description: string; query: string }): PlacedLater {
  return {
    type: 'table',
    title: options.title,
    description: options.description,
    datasource: tempo,
    width: 24,
    height: 9,
    fieldConfig: { defaults: {}, overrides: [] },
    options: { showHeader: true, sortBy: [{ displayName: 'spanmeter.cost.amount', desc: true }] },
    targets: [
      {
        refId: 'A',
        datasource: tempo,
        queryType: 'traceql',
        query: options.query,
        tableType: 'spans',
        limit: 20,
      },
    ],
  }
}

function instantTarget(id: string, query: Query): Record<string, unknown> {
  return {
    refId: id,
    datasource: prometheus,
    expr: query.expr,
    legendFormat: query.legend,
    instant: true,
    range: false,
  }
}

function fieldConfig(
  { unit, decimals, links }: Common,
  higherIsWorse?: readonly [number, number],
): FieldConfigSource {
  return {
    defaults: {
      unit,
      ...(decimals === undefined ? {} : { decimals }),
      ...(links === undefined ? {} : { links }),
      ...(higherIsWorse === undefined
        ? {}
        : {
            thresholds: {
              mode: ThresholdsMode.Absolute,
              steps: [
                { color: 'green', value: null },
                { color: 'orange', value: higherIsWorse[0] },
                { color: 'red', value: higherIsWorse[1] },
              ],
            },
          }),
    },
    overrides: [],
  }
}

function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index)
}
