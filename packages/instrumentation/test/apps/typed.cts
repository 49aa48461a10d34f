// What an app in TypeScript may write, of CommonJS, and what it may not.
import {
  BusinessContextSpanProcessor,
  GenAiInstrumentation,
  type GenAiInstrumentationConfig,
  recordOutcome,
  withBusinessContext,
} from '@spanmeter/instrumentation'
import '@spanmeter/instrumentation/register'

type NotAny<T> = 0 extends 1 & T ? never : T

const config: GenAiInstrumentationConfig = {
  semconv: 'dev',
  ignoreRequestHook: ({ host, header }) => host === 'localhost' || header('x-internal') === 'true',
  requestHook(span, { head, request }) {
    const model: NotAny<typeof request.model> = request.model
    span.setAttribute('asked', model ?? head.path)
  },
  responseHook(span, { response }) {
    const tokens: NotAny<number | undefined> = response?.usage?.inputTokens
    if (tokens !== undefined) span.setAttribute('tokens', tokens)
  },
  redactContent: (content, attribute) => (attribute === 'gen_ai.input.messages' ? content : undefined),
}
new GenAiInstrumentation(config).disable()
new BusinessContextSpanProcessor({ baggageKeys: ['feature'] }).onEnd()

const answer: Promise<number> = withBusinessContext(
  { feature: 'faq-bot', 'business.region': 'eu' },
  async () => 42,
)
void answer.then((value) => recordOutcome('answered', value))

// @ts-expect-error
withBusinessContext({ departement: 'sales' }, () => undefined)
// @ts-expect-error
new GenAiInstrumentation({ semconv: '1.40' })
