import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { abandonSuggestion, completeLine, suggestChange } from './code-assistant.ts'
import { summarizeContract } from './document-summary.ts'
import { runForgottenJob, tryUnknownModel } from './experiments.ts'
import { answerQuestion } from './faq-bot.ts'
import { triageTicket } from './ticket-triage.ts'

/** The application knows nothing of Spanmeter but `withBusinessContext`; the tenant comes from a request header. */
interface Body {
  text: string
  steps: number
}

const routes: Record<string, (body: Body, tenant: string) => Promise<unknown>> = {
  '/faq': ({ text }) => answerQuestion(text),
  '/summaries': ({ text }, tenant) => summarizeContract(tenant, text),
  '/code/suggestions': ({ text }) => suggestChange(text),
  '/code/completions': ({ text }) => completeLine(text),
  '/code/abandoned': ({ text }) => abandonSuggestion(text),
  '/tickets': ({ text, steps }) => triageTicket(text, steps),
  '/experiments': ({ text }) => tryUnknownModel(text),
  '/jobs/forgotten': ({ text }) => runForgottenJob(text),
}

async function handle(request: IncomingMessage): Promise<unknown> {
  const route = routes[request.url ?? '']
  if (route === undefined) throw new Error(`No such route: ${request.url}`)
  return route((await json(request)) as Body, String(request.headers['x-tenant-id'] ?? 'nobody'))
}

const server = createServer((request, response) => {
  handle(request).then(
    (answer) => response.end(JSON.stringify(answer ?? null)),
    (error: unknown) => {
      response.statusCode = 500
      response.end(String(error))
    },
  )
})

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
