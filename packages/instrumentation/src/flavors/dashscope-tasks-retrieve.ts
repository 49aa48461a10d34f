import { asCount, asName, asNumber, asObject } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { isFailure, readError, readFailure } from './readers/errors.ts'
import { asFetched, readFetch } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/**
 * Fetches what dashscope-generation has started: images, billed by their number, videos and transcripts, billed by the
 * second, https://www.alibabacloud.com/help/en/model-studio/manage-asynchronous-tasks
 */
export const dashscopeTasksRetrieve: ApiFlavor = {
  name: 'dashscope-tasks-retrieve',
  provider: 'alibaba_cloud',
  // A workspace has a host of its own.
  endpoints: ['GET *dashscope*/api/v1/tasks/{task}', 'GET *.maas.aliyuncs.com/api/v1/tasks/{task}'],
  readRequest: readFetch,
  readResponse(response) {
    const document = readDocument(response.body, ['usage', 'output'])
    if (isFailure(response, document)) return readFailure(response, document)
    const output = asObject(document.output) ?? {}
    const usage = asObject(document.usage) ?? {}
    const failed = output.task_status === 'FAILED' ? output : undefined
    return asFetched({
      id: asName(output.task_id),
      status: asName(output.task_status),
      usage: {
        images: asCount(usage.image_count),
        // Videos used as references are billed as well; `duration` includes them.
        seconds:
          asNumber(usage.duration) ?? asNumber(usage.video_duration) ?? asNumber(usage.output_video_duration),
      },
      error: readError(response, failed && { error: { code: failed.code, message: failed.message } }),
    })
  },
}
