import { zeroOneAi } from './01-ai.ts'
import { abacus } from './abacus.ts'
import { ai21 } from './ai21.ts'
import { aihubmix } from './aihubmix.ts'
import { aiml } from './aiml.ts'
import { alephAlpha } from './aleph-alpha.ts'
import { alibabaCloud } from './alibaba-cloud.ts'
import { amazonNova } from './amazon-nova.ts'
import { anthropic } from './anthropic.ts'
import { arcee } from './arcee.ts'
import { assemblyai } from './assemblyai.ts'
import { avian } from './avian.ts'
import { awsBedrock } from './aws-bedrock.ts'
import { awsPolly } from './aws-polly.ts'
import { awsSagemaker } from './aws-sagemaker.ts'
import { azureAiInference } from './azure-ai-inference.ts'
import { azureAiOpenai } from './azure-ai-openai.ts'
import { baichuan } from './baichuan.ts'
import { baidu } from './baidu.ts'
import { baseten } from './baseten.ts'
import { berget } from './berget.ts'
import { blackForestLabs } from './black-forest-labs.ts'
import { byteplus } from './byteplus.ts'
import { bytez } from './bytez.ts'
import { cartesia } from './cartesia.ts'
import { cerebras } from './cerebras.ts'
import { chatgpt } from './chatgpt.ts'
import { chutes } from './chutes.ts'
import { clarifai } from './clarifai.ts'
import { cloudflare } from './cloudflare.ts'
import { cohere } from './cohere.ts'
import { cometapi } from './cometapi.ts'
import { cortecs } from './cortecs.ts'
import { coze } from './coze.ts'
import { crusoe } from './crusoe.ts'
import { databricks } from './databricks.ts'
import { datarobot } from './datarobot.ts'
import { deepbricks } from './deepbricks.ts'
import { deepgram } from './deepgram.ts'
import { deepinfra } from './deepinfra.ts'
import { deepseek } from './deepseek.ts'
import { digitalocean } from './digitalocean.ts'
import { doubleword } from './doubleword.ts'
import { edenAi } from './edenai.ts'
import { elevenlabs } from './elevenlabs.ts'
import { exa } from './exa.ts'
import { falAi } from './fal-ai.ts'
import { fastrouter } from './fastrouter.ts'
import { featherlessAi } from './featherless-ai.ts'
import { fireworksAi } from './fireworks-ai.ts'
import { friendliAi } from './friendli-ai.ts'
import { gcpGemini } from './gcp-gemini.ts'
import { gcpVertexAi } from './gcp-vertex-ai.ts'
import { github } from './github.ts'
import { githubCopilot } from './github-copilot.ts'
import { gladia } from './gladia.ts'
import { gmi } from './gmi.ts'
import { gpustack } from './gpustack.ts'
import { groq } from './groq.ts'
import { helicone } from './helicone.ts'
import { heroku } from './heroku.ts'
import { huggingface } from './huggingface.ts'
import { hume } from './hume.ts'
import { hyperbolic } from './hyperbolic.ts'
import { ibmWatsonxAi } from './ibm-watsonx-ai.ts'
import { iflytek } from './iflytek.ts'
import { inception } from './inception.ts'
import { inferenceNet } from './inference-net.ts'
import { infiniAi } from './infini-ai.ts'
import { ioNet } from './io-net.ts'
import { jinaAi } from './jina-ai.ts'
import { kilo } from './kilo.ts'
import { lambda } from './lambda.ts'
import { lemonfox } from './lemonfox.ts'
import { libertai } from './libertai.ts'
import { lightningAi } from './lightning-ai.ts'
import { litellm } from './litellm.ts'
import { llamacpp } from './llamacpp.ts'
import { llamagate } from './llamagate.ts'
import { llmgateway } from './llmgateway.ts'
import { lmStudio } from './lm-studio.ts'
import { lmnt } from './lmnt.ts'
import { luma } from './luma.ts'
import { maritaca } from './maritaca.ts'
import { meganova } from './meganova.ts'
import { meta } from './meta.ts'
import { minimax } from './minimax.ts'
import { mistralAi } from './mistral-ai.ts'
import { mixedbread } from './mixedbread.ts'
import { modelscope } from './modelscope.ts'
import { moonshotAi } from './moonshot-ai.ts'
import { morph } from './morph.ts'
import { nanoGpt } from './nano-gpt.ts'
import { naver } from './naver.ts'
import { nebius } from './nebius.ts'
import { nomic } from './nomic.ts'
import { nousResearch } from './nous-research.ts'
import { novita } from './novita.ts'
import { nscale } from './nscale.ts'
import { nvidia } from './nvidia.ts'
import { ollama } from './ollama.ts'
import { openai } from './openai.ts'
import { opencode } from './opencode.ts'
import { openrouter } from './openrouter.ts'
import { oracle } from './oracle.ts'
import { ovhcloud } from './ovhcloud.ts'
import { parallel } from './parallel.ts'
import { parasail } from './parasail.ts'
import { perplexity } from './perplexity.ts'
import { pinecone } from './pinecone.ts'
import { poe } from './poe.ts'
import { pollinations } from './pollinations.ts'
import { portkey } from './portkey.ts'
import { ppio } from './ppio.ts'
import { predibase } from './predibase.ts'
import { prodia } from './prodia.ts'
import { recraft } from './recraft.ts'
import { reka } from './reka.ts'
import { replicate } from './replicate.ts'
import { requesty } from './requesty.ts'
import { revAi } from './rev-ai.ts'
import { runpod } from './runpod.ts'
import { runware } from './runware.ts'
import { runwayml } from './runwayml.ts'
import { sakana } from './sakana.ts'
import { salesforce } from './salesforce.ts'
import { sambanova } from './sambanova.ts'
import { sapAiCore } from './sap-ai-core.ts'
import { sarvam } from './sarvam.ts'
import { sber } from './sber.ts'
import { scaleway } from './scaleway.ts'
import { sensenova } from './sensenova.ts'
import { sglang } from './sglang.ts'
import { siliconflow } from './siliconflow.ts'
import { snowflake } from './snowflake.ts'
import { soniox } from './soniox.ts'
import { stabilityAi } from './stability-ai.ts'
import { stepfun } from './stepfun.ts'
import { synthetic } from './synthetic.ts'
import { tencent } from './tencent.ts'
import { tensormesh } from './tensormesh.ts'
import { togetherAi } from './together-ai.ts'
import type { Provider } from './types.ts'
import { typesafe } from './typesafe.ts'
import { upstage } from './upstage.ts'
import { v0 } from './v0.ts'
import { venice } from './venice.ts'
import { vercel } from './vercel.ts'
import { vllm } from './vllm.ts'
import { volcengine } from './volcengine.ts'
import { voyageAi } from './voyage-ai.ts'
import { vultr } from './vultr.ts'
import { wandb } from './wandb.ts'
import { writer } from './writer.ts'
import { xAi } from './x-ai.ts'
import { xiaomi } from './xiaomi.ts'
import { yandex } from './yandex.ts'
import { zAi } from './z-ai.ts'
import { zenmux } from './zenmux.ts'

/** Every provider that is known by its host. The first that matches is it: those that share a domain come in order. */
export const providers: readonly Provider[] = [
  openai,
  anthropic,
  azureAiOpenai,
  github,
  azureAiInference,
  zeroOneAi,
  abacus,
  ai21,
  aihubmix,
  aiml,
  alephAlpha,
  sensenova,
  alibabaCloud,
  amazonNova,
  arcee,
  assemblyai,
  avian,
  awsBedrock,
  awsPolly,
  awsSagemaker,
  baichuan,
  baidu,
  baseten,
  berget,
  blackForestLabs,
  byteplus,
  bytez,
  cartesia,
  cerebras,
  chatgpt,
  chutes,
  clarifai,
  cloudflare,
  cohere,
  cometapi,
  cortecs,
  coze,
  crusoe,
  databricks,
  datarobot,
  deepbricks,
  deepgram,
  deepinfra,
  deepseek,
  digitalocean,
  doubleword,
  edenAi,
  elevenlabs,
  exa,
  falAi,
  fastrouter,
  featherlessAi,
  fireworksAi,
  friendliAi,
  gcpGemini,
  gcpVertexAi,
  githubCopilot,
  gladia,
  gmi,
  gpustack,
  groq,
  helicone,
  heroku,
  huggingface,
  hume,
  hyperbolic,
  ibmWatsonxAi,
  iflytek,
  inception,
  inferenceNet,
  infiniAi,
  ioNet,
  jinaAi,
  kilo,
  lambda,
  lemonfox,
  libertai,
  lightningAi,
  litellm,
  llamacpp,
  llamagate,
  llmgateway,
  lmnt,
  lmStudio,
  luma,
  maritaca,
  meganova,
  meta,
  minimax,
  mistralAi,
  mixedbread,
  modelscope,
  moonshotAi,
  morph,
  nanoGpt,
  naver,
  nebius,
  nomic,
  nousResearch,
  novita,
  nscale,
  nvidia,
  ollama,
  opencode,
  openrouter,
  oracle,
  ovhcloud,
  parallel,
  parasail,
  perplexity,
  pinecone,
  poe,
  pollinations,
  portkey,
  ppio,
  predibase,
  prodia,
  recraft,
  reka,
  replicate,
  requesty,
  revAi,
  runpod,
  runware,
  runwayml,
  sakana,
  salesforce,
  sambanova,
  sapAiCore,
  sarvam,
  sber,
  scaleway,
  sglang,
  siliconflow,
  snowflake,
  soniox,
  stabilityAi,
  stepfun,
  synthetic,
  tencent,
  tensormesh,
  togetherAi,
  typesafe,
  upstage,
  v0,
  venice,
  vercel,
  vllm,
  volcengine,
  voyageAi,
  vultr,
  wandb,
  writer,
  xAi,
  xiaomi,
  yandex,
  zAi,
  zenmux,
]
