import { asCount, asName } from '../wire/json.ts'
import { countCharacters } from './readers/characters.ts'
import { readJsonAnswer } from './readers/json-answer.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** What each task makes. */
const TASKS: Readonly<Record<string, 'video' | 'image' | 'speech'>> = {
  image_to_video: 'video',
  text_to_video: 'video',
  video_to_video: 'video',
  text_to_image: 'image',
  text_to_speech: 'speech',
}

/**
 * https://docs.dev.runwayml.com/api: a task is carried out later. What is billed, such as the length of a video, is
 * known when it is requested.
 */
export const runwayTasks: ApiFlavor = {
  name: 'runway-tasks',
  provider: 'runwayml',
  endpoints: Object.keys(TASKS).map((task) => `POST *.runwayml.com/v1/${task}`),
  readRequest(request) {
    const body = readRequestMembers(request, ['duration']) ?? {}
    const makes = TASKS[request.path.slice(4)]
    return {
      operation: 'generate_content',
      background: true,
      model: asName(body.model),
      outputType: makes === 'video' ? undefined : makes,
      seconds: makes === 'video' ? asCount(body.duration) : undefined,
      characters: makes === 'speech' ? countCharacters(body.promptText) : undefined,
    }
  },
  readResponse: (response, { outputType, seconds, characters }) =>
    readJsonAnswer(response, ['id'], (document) => ({
      id: asName(document.id),
      usage: { seconds, characters, images: outputType === 'image' ? 1 : undefined },
    })),
}
