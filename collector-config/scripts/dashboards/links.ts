/** Where a click on a value leads. `${__field.labels.x}` and `${__value.text}` are filled in by Grafana. */
export interface DataLink {
  title: string
  url: string
  targetBlank?: boolean
}

/** Another of our dashboards, about this value. */
export function dashboardLink(title: string, uid: string, variable: string, value: string): DataLink {
  return { title, url: `/d/${uid}?var-${variable}=${value}&\${__url_time_range}` }
}

/** The traces behind a value: one link to Tempo, one to Jaeger. */
export function traceLinks(attribute: string, value: string): DataLink[] {
  return [
    {
      title: 'Traces in Tempo',
      url: exploreUrl(`\${tempo}`, {
        queryType: 'traceql',
        query: `{ span.${attribute} = "${value}" && span.spanmeter.cost.amount > 0 }`,
      }),
      targetBlank: true,
    },
    {
      title: 'Traces in Jaeger',
      url: exploreUrl(`\${jaeger}`, { queryType: 'search', tags: `${attribute}="${value}"`, limit: 20 }),
      targetBlank: true,
    },
  ]
}

function exploreUrl(dataSource: string, query: object): string {
  const panes = {
    traces: {
      datasource: dataSource,
      queries: [{ refId: 'A', ...query }],
      range: { from: `\${__from}`, to: `\${__to}` },
    },
  }
  // Grafana's variables stay as they are, to be filled in; all else is data in a URL.
  const encoded = encodeURIComponent(JSON.stringify(panes)).replaceAll(
    /%24%7B([\w.]+)%7D/g,
    (_, name: string) => `\${${name}:percentencode}`,
  )
  return `/explore?schemaVersion=1&panes=${encoded}`
}
