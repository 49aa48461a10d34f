/** One request to the application. */
export interface Visit {
  path: string
  tenant?: string
  text: string
  steps?: number
}

/** Tenants with the weight of their traffic. */
const TENANTS = { acme: 4, globex: 2, initech: 1 }

function* visitsOf(tenant: string): Generator<Visit> {
  yield { path: '/faq', tenant, text: 'How long can I return an opened item?' }
  yield { path: '/faq', tenant, text: 'My refund has not arrived after ten days. What now?' }
  yield { path: '/faq', tenant, text: 'Do you ship replacement parts abroad?' }
  yield { path: '/summaries', tenant, text: 'What notice period applies, and to whom?' }
  yield { path: '/summaries', tenant, text: 'List the obligations that survive termination.' }
  yield {
    path: '/code/suggestions',
    tenant,
    text: 'Retry the upload when the connection drops, three times at most.',
  }
  yield { path: '/tickets', tenant, text: 'The invoice shows a plan we left in March.', steps: 4 }
}

/** Everything the demo shows, in a fixed order: the same spend on every run. */
export function demoTraffic(): Visit[] {
  const visits: Visit[] = []
  for (const [tenant, weight] of Object.entries(TENANTS)) {
    for (let round = 0; round < weight; round++) visits.push(...visitsOf(tenant))
  }
  // A workflow that doesn't find its end, a retry storm, aborted streams, an unknown model, an untagged job.
  visits.push({
    path: '/tickets',
    tenant: 'globex',
    text: 'Everything is broken, please look into it.',
    steps: 24,
  })
  for (let line = 0; line < 12; line++) {
    visits.push({ path: '/code/completions', tenant: 'initech', text: `const total${line} = items.` })
  }
  for (let close = 0; close < 3; close++) {
    visits.push({
      path: '/code/abandoned',
      tenant: 'acme',
      text: 'Rewrite the billing module with events. '.repeat(300),
    })
  }
  visits.push({ path: '/experiments', tenant: 'acme', text: 'Summarize our release notes.' })
  visits.push({ path: '/experiments', tenant: 'acme', text: 'Summarize our release notes, shorter.' })
  visits.push({ path: '/jobs/forgotten', text: 'Classify these 400 log lines. '.repeat(400) })
  return visits
}

export async function send(application: string, { path, tenant, text, steps }: Visit): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    ...(tenant !== undefined && { 'x-tenant-id': tenant }),
  }
  const response = await fetch(application + path, {
    method: 'POST',
    headers,
    body: JSON.stringify({ text, steps }),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  await response.arrayBuffer()
}
