import { asName } from '../wire/json.ts'
import { readDocument } from '../wire/json-document.ts'
import { readCozeChat } from './readers/coze-chat.ts'
import { asFetched } from './readers/fetched.ts'
import type { ApiFlavor } from './types.ts'

/** Fetches what coze-chat has started: https://docs.coze.com/developer_guides/retrieve_chat */
export const cozeChatRetrieve: ApiFlavor = {
  name: 'coze-chat-retrieve',
  provider: 'coze',
  endpoints: ['GET *.coze.com/v3/chat/retrieve', 'GET *.coze.cn/v3/chat/retrieve'],
  readRequest: ({ query }) => ({
    operation: 'fetch_response',
    responseId: asName(new URLSearchParams(query).get('chat_id')),
  }),
  readResponse: (response) => asFetched(readCozeChat(response, readDocument(response.body, []))),
}
