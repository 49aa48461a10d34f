import { openEventStream } from '../wire/event-stream.ts'
import { asName, type JsonObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { atMost } from '../wire/stream-event.ts'
import type { ObservedResponse } from '../wire/types.ts'
import { readCozeChat } from './readers/coze-chat.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** After the last message comes a `Done`. */
const LAST_EVENTS = 4

/**
 * https://www.coze.com/docs/developer_guides/workflow_run: a workflow that Coze runs, with calls of models among its
 * steps.
 */
export const cozeWorkflows: ApiFlavor = {
  name: 'coze-workflows',
  provider: 'coze',
  endpoints: ['*.coze.com', '*.coze.cn'].flatMap((host) => [
    `POST ${host}/v1/workflow/run`,
    `POST ${host}/v1/workflow/stream_run`,
    `POST ${host}/v1/workflow/stream_resume`,
  ]),
  readRequest(request) {
    const body = readRequestMembers(request) ?? {}
    return {
      operation: 'invoke_agent',
      agentId: asName(body.workflow_id),
      stream: request.path.endsWith('/run') ? undefined : true,
    }
  },
  readResponse(response) {
    const document = readRun(response)
    return readCozeChat(
      response,
      document && { ...document, data: { id: document.execute_id, usage: document.usage } },
    )
  },
}

/**
 * `{ code, msg, execute_id, usage, data }`, where `data` is the output of the last step, as a string; or the same put
 * together from the events of a stream.
 */
function readRun(response: ObservedResponse): JsonObject | undefined {
  const events = openEventStream(response)
  if (events === undefined) return readDocument(response.body, ['usage', 'code', 'msg', 'execute_id'])
  const run: JsonObject = {}
  for (const event of atMost(LAST_EVENTS, events.backward())) {
    const data = event.json() ?? {}
    run.usage ??= data.usage
    if (event.type === 'Error') Object.assign(run, { code: data.error_code, msg: data.error_message })
  }
  return run
}
