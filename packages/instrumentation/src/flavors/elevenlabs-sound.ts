import { asCount, asName, asNumber } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readFailure } from './readers/errors.ts'
import { readRequestMembers } from './readers/request-members.ts'
import type { ApiFlavor } from './types.ts'

/** https://elevenlabs.io/docs/api-reference/text-to-sound-effects/convert and music/compose: a description in, sounds or music out. */
export const elevenlabsSound: ApiFlavor = {
  name: 'elevenlabs-sound',
  provider: 'elevenlabs',
  endpoints: [
    'POST *.elevenlabs.io/v1/sound-generation',
    'POST *.elevenlabs.io/v1/music',
    'POST *.elevenlabs.io/v1/music/stream',
    'POST *.elevenlabs.io/v1/music/detailed',
  ],
  readRequest(request) {
    const body = readRequestMembers(request, ['model_id', 'duration_seconds', 'music_length_ms']) ?? {}
    const milliseconds = asNumber(body.music_length_ms)
    return {
      operation: 'generate_content',
      model: asName(body.model_id),
      seconds: milliseconds === undefined ? asNumber(body.duration_seconds) : milliseconds / 1000,
    }
  },
  readResponse(response, { seconds }) {
    if (response.status >= 400) return readFailure(response, readDocument(response.body, []))
    return {
      id: response.header('song-id'),
      usage: { seconds, characters: asCount(response.header('character-cost')) },
    }
  },
}
