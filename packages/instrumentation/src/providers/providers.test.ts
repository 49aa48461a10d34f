import { describe, expect, test } from 'vitest'
import { requestHeadFromUrl } from '../request-head.ts'
import { findProvider } from './find-provider.ts'

function providerOf(address: string): string | undefined {
  return findProvider(requestHeadFromUrl('POST', address)!)
}

describe('providers', () => {
  test.each([
    ['https://api.openai.com/v1/responses', 'openai'],
    ['https://api.doubleword.ai/v1/chat/completions', 'doubleword'],
    ['https://eu.api.openai.com/v1/responses', 'openai'],
    ['https://example.openai.azure.com/openai/deployments/d/chat/completions', 'azure.ai.openai'],
    ['https://example.services.ai.azure.com/openai/v1/responses', 'azure.ai.openai'],
    ['https://example.services.ai.azure.com/models/chat/completions', 'azure.ai.inference'],
    ['https://example.services.ai.azure.com/anthropic/v1/messages', 'azure.ai.inference'],
    ['https://models.inference.ai.azure.com/chat/completions', 'github'],
    ['https://phi.eastus2.models.ai.azure.com/chat/completions', 'azure.ai.inference'],
    ['https://generativelanguage.googleapis.com/v1beta/models/m:generateContent', 'gcp.gemini'],
    [
      'https://us-east5-aiplatform.googleapis.com/v1/publishers/anthropic/models/m:rawPredict',
      'gcp.vertex_ai',
    ],
    [
      'https://aiplatform.eu.rep.googleapis.com/v1/publishers/google/models/m:generateContent',
      'gcp.vertex_ai',
    ],
    ['https://1.us-central1-2.prediction.vertexai.goog/v1/endpoints/1/chat/completions', 'gcp.vertex_ai'],
    [
      'https://discoveryengine.googleapis.com/v1/projects/p/locations/l/rankingConfigs/r:rank',
      'gcp.vertex_ai',
    ],
    [
      'https://x.cognitiveservices.azure.com/speechtotext/transcriptions:transcribe?api-version=1',
      'azure.ai.inference',
    ],
    ['https://x.cognitiveservices.azure.com/voice-live/realtime?api-version=1', 'azure.ai.inference'],
    ['https://firebasevertexai.googleapis.com/v1beta/projects/p/models/m:generateContent', 'gcp.gemini'],
    [
      'https://firebasevertexai.googleapis.com/v1beta/projects/p/locations/l/publishers/google/models/m:generateContent',
      'gcp.vertex_ai',
    ],
    ['https://portal.qwen.ai/v1/chat/completions', 'alibaba_cloud'],
    ['https://api.sensenova.cn/compatible-mode/v1/chat/completions', 'sensenova'],
    ['https://api.exa.ai/chat/completions', 'exa'],
    ['https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com/model/m/converse', 'aws.bedrock'],
    ['https://bedrock-mantle.us-east-1.api.aws/v1/responses', 'aws.bedrock'],
    ['https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com/model/m/converse', 'aws.bedrock'],
    ['https://apim.corp.example/openai/deployments/d/chat/completions', 'azure.ai.openai'],
    [
      'https://llm.corp.example/v1/projects/p/locations/l/publishers/google/models/m:generateContent',
      'gcp.vertex_ai',
    ],
    ['https://gateway.ai.cloudflare.com/v1/account/gateway/workers-ai/@cf/meta/llama', 'cloudflare'],
    ['https://api.x.ai/v1/responses', 'x_ai'],
    ['https://api.meta.ai/v1/responses', 'meta'],
    ['https://tokenhub-intl.tencentcloudmaas.com/v1/chat/completions', 'tencent'],
    ['https://gateway.ai.cloudflare.com/v1/account/gateway/groq/chat/completions', 'groq'],
    [
      'https://gateway.ai.cloudflare.com/v1/account/gateway/aws-bedrock/bedrock-runtime/us-east-1/model/m/converse',
      'aws.bedrock',
    ],
    [
      'https://gateway.ai.cloudflare.com/v1/account/gateway/google-vertex-ai/v1/projects/p/locations/l/endpoints/openapi/chat/completions',
      'gcp.vertex_ai',
    ],
    ['https://gateway.ai.cloudflare.com/v1/account/gateway/grok/v1/chat/completions', 'x_ai'],
    [
      'https://gateway.ai.cloudflare.com/v1/account/gateway/azure-openai/r/d/chat/completions',
      'azure.ai.openai',
    ],
    ['https://dashscope-intl.aliyuncs.com/compatible-mode/v1/chat/completions', 'alibaba_cloud'],
    // A workspace of Model Studio, as Alibaba's SDK addresses it.
    ['https://ws-1.us-east-1.maas.aliyuncs.com/apps/anthropic/v1/messages', 'alibaba_cloud'],
    ['https://api.coze.cn/v1/audio/speech', 'coze'],
    ['https://api.ppinfra.com/v3/openai/chat/completions', 'ppio'],
    ['https://api.meganova.ai/v1/chat/completions', 'meganova'],
    ['https://api.deepbricks.ai/v1/chat/completions', 'deepbricks'],
    ['https://api.302.ai/v1/chat/completions', '302ai'],
    ['https://ai.gitee.com/v1/chat/completions', 'moark'],
    ['https://api.openai-compat.model-serving.eu01.onstackit.cloud/v1/chat/completions', 'stackit'],
    ['https://router.hostinger.com/v1/chat/completions', 'hostinger'],
    ['https://inference.hetzner.com/api/v1/chat/completions', 'hetzner'],
    ['https://openai.qiniu.com/v1/chat/completions', 'qiniu'],
    ['https://api.minimax.cn/anthropic/v1/messages', 'minimax'],
    ['https://api.minimaxi.chat/v1/chat/completions', 'minimax'],
    ['https://us-east-1.aws.wxai.ibm.com/ml/gateway/v1/chat/completions', 'ibm.watsonx.ai'],
    ['https://modeldeployment.us-ashburn-1.oci.customer-oci.com/d/predict/v1/chat/completions', 'oracle'],
    ['https://api.vectara.io/v2/llms/chat/completions', 'vectara'],
    ['https://api.netmind.ai/inference-api/openai/v1/chat/completions', 'netmind'],
    ['https://api.telnyx.com/v2/ai/chat/completions', 'telnyx'],
    ['https://cli-chat-proxy.grok.com/v1/chat/completions', 'grok_build'],
    ['https://api.kimi.ai/coding/v1/chat/completions', 'moonshot_ai'],
    ['https://api.tbox.cn/api/llm/v1/chat/completions', 'ant_ling'],
    ['https://tokenhub.tencentmaas.com/v1/chat/completions', 'tencent'],
    ['http://localhost:11434/v1/chat/completions', 'ollama'],
    ['http://ollama.models.svc.cluster.local/api/chat', 'ollama'],
    ['http://vllm-llama:8000/v1/chat/completions', 'vllm'],
    ['http://litellm:8080/v1/chat/completions', 'litellm'],
    ['http://localhost:1234/v1/chat/completions', 'lm_studio'],
    ['http://localhost:8321/v1/openai/v1/chat/completions', 'llama_stack'],
    // The most specific address counts: a host, then a path, a service, a port.
    ['https://gateway.helicone.ai/v1/chat/completions', 'helicone'],
    ['https://gateway.helicone.ai/openai/deployments/d/chat/completions', 'azure.ai.openai'],
    [
      'https://gateway.helicone.ai/v1/projects/p/locations/l/publishers/google/models/m:generateContent',
      'gcp.vertex_ai',
    ],
    ['https://api.portkey.ai/serving-endpoints/e/invocations', 'portkey'],
    ['http://litellm:4000/openai/deployments/d/chat/completions', 'azure.ai.openai'],
    ['http://vllm:4000/v1/chat/completions', 'vllm'],
  ])('%s is %s', (address, provider) => {
    expect(providerOf(address)).toBe(provider)
  })

  test.each([
    'https://gateway.ai.cloudflare.com/v1/a/g/openai/chat/completions',
    'https://box.ai/v1',
    'https://notgroq.com/v1',
    'https://s3.us-east-1.amazonaws.com/b',
    'http://localhost:8000/',
  ])('%s is none of them', (address) => {
    expect(providerOf(address)).toBeUndefined()
  })
})
