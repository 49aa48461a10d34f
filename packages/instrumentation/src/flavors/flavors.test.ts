import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { RequestHead } from '../wire/types.ts'
import { flavors } from './index.ts'

const NOT_MEMBERS = ['index.ts', 'types.ts']

function matching(method: string, address: string): string[] {
  const { protocol, hostname, pathname, search } = new URL(address, 'https://gateway.example')
  const head: RequestHead = {
    method,
    protocol,
    host: hostname,
    port: undefined,
    path: pathname,
    query: search,
    header: () => undefined,
  }
  return flavors.filter((flavor) => flavor.matches(head)).map(({ name }) => name)
}

describe('API flavors', () => {
  test('every file of the folder is in the list, and named after its flavor', () => {
    const files = readdirSync(import.meta.dirname).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    )
    const named = flavors.map(({ name }) => `${name}.ts`)
    expect([...named, ...NOT_MEMBERS].toSorted()).toEqual(files.toSorted())
  })

  test.each([
    ['POST', '/v1/chat/completions', 'openai-chat-completions'],
    ['POST', '/openai/deployments/my-gpt/chat/completions', 'openai-chat-completions'],
    ['POST', '/api/v2/cortex/inference:complete', 'openai-chat-completions'],
    ['POST', '/v1/completions', 'openai-completions'],
    ['POST', '/v1/fim/completions', 'openai-completions'],
    ['POST', '/v1/responses', 'openai-responses'],
    ['POST', '/v1/responses/compact', 'openai-responses'],
    ['GET', '/v1/responses/resp_1', 'openai-responses-retrieve'],
    ['POST', '/v1/embeddings', 'openai-embeddings'],
    ['POST', '/v1/images/generations', 'openai-images'],
    ['POST', '/v1/audio/speech', 'openai-speech'],
    ['POST', '/v1/audio/transcriptions', 'openai-transcriptions'],
    ['POST', '/v1/moderations', 'openai-moderations'],
    ['POST', '/v1/batches', 'openai-batches'],
    ['GET', '/v1/batches/batch_1/results', 'openai-batches'],
    ['POST', '/openai/batches', 'openai-batches'],
    ['GET', '/openai/batches/batch_1', 'openai-batches'],
    ['POST', '/v1beta/models/gemini-2.5-flash:batchGenerateContent', 'google-batches'],
    ['GET', '/v1beta/batches/b1', 'google-batches'],
    ['POST', '/v1/batch/jobs', 'mistral-batches'],
    ['GET', '/v1/batch/jobs/j1', 'mistral-batches'],
    ['POST', '/v1/messages', 'anthropic-messages'],
    ['POST', '/v1/messages/batches', 'anthropic-message-batches'],
    ['GET', '/v1/messages/batches/msgbatch_1/results', 'anthropic-message-batches'],
    ['POST', '/v1/complete', 'anthropic-complete'],
    ['POST', '/complete', 'aleph-alpha-complete'],
    ['POST', '/v1beta/models/gemini-2.5-flash:generateContent', 'google-generate-content'],
    ['POST', '/v1beta/models/gemini-2.5-flash:streamGenerateContent', 'google-generate-content'],
    ['POST', '/v1beta/models/gemini-embedding-001:batchEmbedContents', 'google-embed-content'],
    ['POST', '/v1beta/interactions', 'google-interactions'],
    [
      'POST',
      '/v1/projects/p/locations/l/publishers/google/models/text-embedding-005:predict',
      'google-predict',
    ],
    [
      'POST',
      '/v1/projects/p/locations/l/publishers/anthropic/models/claude:streamRawPredict',
      'google-raw-predict',
    ],
    ['POST', '/model/amazon.nova-lite-v1%3A0/converse-stream', 'bedrock-converse'],
    ['POST', '/model/amazon.nova-lite-v1%3A0/invoke-with-response-stream', 'bedrock-invoke'],
    [
      'POST',
      '/model/amazon.nova-2-sonic-v1%3A0/invoke-with-bidirectional-stream',
      'bedrock-bidirectional-stream',
    ],
    ['POST', '/agents/A/agentAliases/B/sessions/C/text', 'bedrock-agent'],
    ['POST', '/v2/chat', 'cohere-chat'],
    ['POST', '/v1/generate', 'cohere-generate'],
    ['POST', '/v2/embed', 'cohere-embed'],
    ['POST', '/v2/rerank', 'rerank'],
    ['POST', '/v1/ocr', 'mistral-ocr'],
    ['POST', '/providers/mistral/azure/ocr', 'mistral-ocr'],
    [
      'POST',
      '/v1/projects/p/locations/l/publishers/mistralai/models/mistral-ocr-2505:rawPredict',
      'mistral-ocr',
    ],
    ['POST', '/v1/conversations', 'mistral-conversations'],
    ['POST', '/api/chat', 'ollama-chat'],
    ['POST', '/api/generate', 'ollama-generate'],
    ['POST', '/20231130/actions/chat', 'oracle-chat'],
    ['POST', '/api/embed', 'ollama-embed'],
    ['POST', '/api/embeddings', 'ollama-embed'],
    ['POST', '/v1/ai/language-model', 'vercel-language-model'],
    ['POST', '/v3/ai/image-model', 'vercel-language-model'],
    ['POST', '/rpc/2.0/ai_custom/v1/wenxinworkshop/chat/ernie-4.0', 'openai-chat-completions'],
    ['POST', '/v1/images/edits', 'openai-images'],
    ['POST', '/endpoints/llama/invocations', 'model-invocations'],
    ['POST', '/client/v4/accounts/a/ai/run/@cf/meta/llama-3.1-8b-instruct', 'cloudflare-run'],
    ['POST', '/v1/models/meta/llama-3/predictions', 'replicate-predictions'],
    ['POST', '/ml/v1/text/generation_stream', 'watsonx-text'],
    ['POST', '/ml/v1/text/embeddings', 'watsonx-text'],
    ['POST', '/ml/v1-beta/generation/text_stream', 'watsonx-text'],
    ['POST', '/api/chat/inference', 'openai-chat-completions'],
    ['POST', '/v1/sonar', 'openai-chat-completions'],
    ['POST', '/v1/agent', 'openai-responses'],
    ['POST', 'https://x.us-east-1.aws.endpoints.huggingface.cloud/', 'huggingface-text-generation'],
    ['POST', '/hf-inference/models/gpt2', 'huggingface-text-generation'],
    ['POST', '/generate_stream', 'huggingface-text-generation'],
    ['POST', '/api/v1/services/aigc/text-generation/generation', 'dashscope-generation'],
    ['POST', '/serving-endpoints/my-model/invocations', 'model-invocations'],
    ['POST', '/v2/inference/deployments/d1/v2/completion', 'sap-orchestration'],
    ['POST', '/v2/inference/deployments/d1/v2/embeddings', 'sap-orchestration'],
    ['POST', '/v2/inference/deployments/d1/chat/completions', 'openai-chat-completions'],
    ['POST', '/v1/decisions', 'decisions'],
    ['POST', '/v1/text-to-speech/voice', 'text-to-speech'],
    ['POST', 'https://api.x.ai/v1/tts', 'text-to-speech'],
    ['POST', 'https://api.deepgram.com/v1/speak', 'text-to-speech'],
    ['POST', '/v1/t2a_v2', 'text-to-speech'],
    ['POST', 'https://api.deepgram.com/v1/listen', 'speech-to-text'],
    ['POST', '/v1/speech-to-text', 'speech-to-text'],
    ['POST', '/v1/systemone', 'decisions'],
    ['POST', '/v1/videos', 'openai-videos'],
    ['POST', '/v1/videos/video_1/remix', 'openai-videos'],
    ['POST', '/v1/threads/thread_1/runs', 'openai-thread-runs'],
    ['POST', '/v1/threads/thread_1/runs/run_1/submit_tool_outputs', 'openai-thread-runs'],
    ['POST', '/completion', 'llamacpp-completion'],
    ['POST', '/api/v1/chat', 'lm-studio-chat'],
    ['POST', '/embed', 'huggingface-embed'],
    ['POST', '/hf-inference/models/a/b/pipeline/feature-extraction', 'huggingface-embed'],
    ['POST', 'https://bedrock-agent-runtime.us-east-1.amazonaws.com/agents/session', 'bedrock-agent'],
    ['POST', '/retrieveAndGenerateStream', 'bedrock-retrieve-and-generate'],
    ['POST', '/v1/account/gateway/workers-ai/@cf/meta/llama-3.1-8b-instruct', 'cloudflare-run'],
    ['POST', '/ml/v1/text/rerank', 'rerank'],
    ['POST', '/v1/ranking/reranking', 'rerank'],
    ['POST', '/api/v1/apps/a/completion', 'dashscope-generation'],
    ['POST', '/v1/text/chatcompletion_v2', 'openai-chat-completions'],
    ['POST', '/rpc/2.0/ai_custom/v1/wenxinworkshop/embeddings/embedding-v1', 'openai-embeddings'],
    ['POST', '/v1beta/models/veo-3:predictLongRunning', 'google-predict'],
    ['POST', '/v1internal:streamGenerateContent', 'google-generate-content'],
    ['POST', '/20231130/actions/embedText', 'oracle-embed-text'],
    ['POST', '/foundationModels/v1/completion', 'yandex-completion'],
    ['POST', '/v2/models/ensemble/generate', 'triton-generate'],
    ['POST', '/v2/models/ensemble/versions/1/generate_stream', 'triton-generate'],
    ['POST', 'https://queue.fal.run/fal-ai/flux/dev', 'fal-run'],
    ['POST', 'https://api.us1.bfl.ai/v1/flux-kontext-pro', 'black-forest-labs'],
    ['POST', '/lemur/v3/generate/question-answer', 'assemblyai-lemur'],
    ['POST', '/async-invoke', 'bedrock-async-invoke'],
    ['POST', 'https://api.cohere.com/v1/classify', 'classify'],
    ['POST', 'https://clovastudio.stream.ntruss.com/testapp/v1/chat-completions/HCX-003', 'clova-studio'],
    ['POST', 'https://clovastudio.stream.ntruss.com/v3/tasks/t/chat-completions', 'clova-studio'],
    ['GET', '/v1/chat/deferred-completion/d1', 'deferred-completion'],
    ['GET', '/async/chat/completions/d1', 'deferred-completion'],
    ['POST', '/v1/ranking', 'rerank'],
    ['POST', 'https://api.stability.ai/v2beta/stable-image/generate/ultra', 'stability-image'],
    ['POST', 'https://api.dev.runwayml.com/v1/image_to_video', 'runway-tasks'],
  ])('%s %s speaks %s on any host, and nothing else', (method, path, name) => {
    expect(matching(method, path)).toEqual([name])
    const { endings } = flavors.find((flavor) => flavor.name === name)!
    const ending = /[^/:]*$/.exec(new URL(path, 'https://gateway.example').pathname)![0]
    expect(endings ?? [ending]).toContain(ending)
  })

  test.each([
    ['GET', '/v1/models'],
    ['GET', '/v1/chat/completions'],
    ['POST', '/v1/files'],
    ['POST', '/v1/messages/count_tokens'],
    ['POST', '/v1/responses/input_tokens'],
    ['POST', '/v1/responses/resp_1/cancel'],
    ['GET', '/v1/responses/resp_1/input_items'],
    ['POST', '/v1beta/models/gemini-2.5-flash:countTokens'],
    ['POST', '/model/amazon.nova-lite-v1%3A0/count-tokens'],
    ['POST', '/v1/threads/thread_1/messages'],
    ['GET', '/v1/threads/thread_1/runs/run_1'],
    ['POST', '/2010-04-01/messages'],
    ['POST', '/tokenize'],
    ['POST', '/v1/classify'],
    ['POST', '/v2/models/ensemble/infer'],
    ['POST', 'https://fal.run/'],
    ['PUT', 'https://queue.fal.run/fal-ai/flux/requests/r1/cancel'],
    ['GET', '/async-invoke/arn'],
    ['GET', '/v1/batches/1'],
    ['POST', '/v1/batch/jobs/j1/cancel'],
    ['POST', '/v1/realtime/client_secrets'],
    ['POST', '/models/some/model'],
    ['POST', '/runtimes/arn/invocations'],
    ['POST', '/traces'],
    ['GET', '/'],
    ['POST', '/'],
  ])('%s %s is no LLM call', (method, path) => {
    expect(matching(method, path)).toEqual([])
  })
})
