import { zeroOneAi } from './01-ai.ts'
import { threeZeroTwoAi } from './302ai.ts'
import { abacus } from './abacus.ts'
import { abliteration } from './abliteration.ts'
import { above } from './above.ts'
import { agentrouter } from './agentrouter.ts'
import { agnesAi } from './agnes-ai.ts'
import { aiRouter } from './ai-router.ts'
import { ai21 } from './ai21.ts'
import { ai360 } from './ai360.ts'
import { aiand } from './aiand.ts'
import { aihubmix } from './aihubmix.ts'
import { aiml } from './aiml.ts'
import { akash } from './akash.ts'
import { akiIo } from './aki-io.ts'
import { alephAlpha } from './aleph-alpha.ts'
import { alibabaCloud } from './alibaba-cloud.ts'
import { amazonNova } from './amazon-nova.ts'
import { ambient } from './ambient.ts'
import { amd } from './amd.ts'
import { antLing } from './ant-ling.ts'
import { anthropic } from './anthropic.ts'
import { anyapi } from './anyapi.ts'
import { anyscale } from './anyscale.ts'
import { apertis } from './apertis.ts'
import { arcee } from './arcee.ts'
import { assemblyai } from './assemblyai.ts'
import { atlascloud } from './atlascloud.ts'
import { auriko } from './auriko.ts'
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
import { bothub } from './bothub.ts'
import { brave } from './brave.ts'
import { byteplus } from './byteplus.ts'
import { bytez } from './bytez.ts'
import { cartesia } from './cartesia.ts'
import { cerebras } from './cerebras.ts'
import { charityEngine } from './charity-engine.ts'
import { charm } from './charm.ts'
import { chatgpt } from './chatgpt.ts'
import { chutes } from './chutes.ts'
import { clarifai } from './clarifai.ts'
import { clfAiGateway } from './clf-ai-gateway.ts'
import { cline } from './cline.ts'
import { cloudferro } from './cloudferro.ts'
import { cloudflare } from './cloudflare.ts'
import { cognition } from './cognition.ts'
import { cohere } from './cohere.ts'
import { cometapi } from './cometapi.ts'
import { compactifai } from './compactifai.ts'
import { contextualAi } from './contextual-ai.ts'
import { continueDev } from './continue.ts'
import { coralbricks } from './coralbricks.ts'
import { cortecs } from './cortecs.ts'
import { coze } from './coze.ts'
import { crof } from './crof.ts'
import { crossmodel } from './crossmodel.ts'
import { crusoe } from './crusoe.ts'
import { darkbloom } from './darkbloom.ts'
import { databricks } from './databricks.ts'
import { datarobot } from './datarobot.ts'
import { dedalus } from './dedalus.ts'
import { deepbricks } from './deepbricks.ts'
import { deepgram } from './deepgram.ts'
import { deepinfra } from './deepinfra.ts'
import { deepseek } from './deepseek.ts'
import { digitalocean } from './digitalocean.ts'
import { dinference } from './dinference.ts'
import { doubleword } from './doubleword.ts'
import { drun } from './drun.ts'
import { ebcloud } from './ebcloud.ts'
import { edenAi } from './edenai.ts'
import { elevenlabs } from './elevenlabs.ts'
import { empiriolabs } from './empiriolabs.ts'
import { evroc } from './evroc.ts'
import { exa } from './exa.ts'
import { falAi } from './fal-ai.ts'
import { fastrouter } from './fastrouter.ts'
import { featherlessAi } from './featherless-ai.ts'
import { fireworksAi } from './fireworks-ai.ts'
import { fishAudio } from './fish-audio.ts'
import { friendliAi } from './friendli-ai.ts'
import { frogbot } from './frogbot.ts'
import { galadriel } from './galadriel.ts'
import { gcpGemini } from './gcp-gemini.ts'
import { gcpVertexAi } from './gcp-vertex-ai.ts'
import { github } from './github.ts'
import { githubCopilot } from './github-copilot.ts'
import { gladia } from './gladia.ts'
import { gmi } from './gmi.ts'
import { gpustack } from './gpustack.ts'
import { greenpt } from './greenpt.ts'
import { groq } from './groq.ts'
import { helicone } from './helicone.ts'
import { heroku } from './heroku.ts'
import { hetzner } from './hetzner.ts'
import { hicap } from './hicap.ts'
import { hostinger } from './hostinger.ts'
import { hpcAi } from './hpc-ai.ts'
import { huaweiCloud } from './huawei-cloud.ts'
import { huggingface } from './huggingface.ts'
import { hume } from './hume.ts'
import { hyperbolic } from './hyperbolic.ts'
import { ibmWatsonxAi } from './ibm-watsonx-ai.ts'
import { ideogram } from './ideogram.ts'
import { iflow } from './iflow.ts'
import { iflytek } from './iflytek.ts'
import { impossibl } from './impossibl.ts'
import { inception } from './inception.ts'
import { inceptron } from './inceptron.ts'
import { inco } from './inco.ts'
import { inferenceNet } from './inference-net.ts'
import { inferenceapis } from './inferenceapis.ts'
import { inferx } from './inferx.ts'
import { infiniAi } from './infini-ai.ts'
import { inflection } from './inflection.ts'
import { infomaniak } from './infomaniak.ts'
import { internlm } from './internlm.ts'
import { inworld } from './inworld.ts'
import { ioNet } from './io-net.ts'
import { jalapeno } from './jalapeno.ts'
import { jiekou } from './jiekou.ts'
import { jinaAi } from './jina-ai.ts'
import { kilo } from './kilo.ts'
import { kling } from './kling.ts'
import { kluster } from './kluster.ts'
import { krutrim } from './krutrim.ts'
import { kyma } from './kyma.ts'
import { lambda } from './lambda.ts'
import { langbase } from './langbase.ts'
import { lemonfox } from './lemonfox.ts'
import { lepton } from './lepton.ts'
import { letta } from './letta.ts'
import { libertai } from './libertai.ts'
import { lightningAi } from './lightning-ai.ts'
import { lighton } from './lighton.ts'
import { lilac } from './lilac.ts'
import { litellm } from './litellm.ts'
import { llamacpp } from './llamacpp.ts'
import { llamagate } from './llamagate.ts'
import { llmgateway } from './llmgateway.ts'
import { lmStudio } from './lm-studio.ts'
import { lmnt } from './lmnt.ts'
import { longcat } from './longcat.ts'
import { luma } from './luma.ts'
import { manus } from './manus.ts'
import { maritaca } from './maritaca.ts'
import { meganova } from './meganova.ts'
import { melious } from './melious.ts'
import { merge } from './merge.ts'
import { meta } from './meta.ts'
import { minimax } from './minimax.ts'
import { mistralAi } from './mistral-ai.ts'
import { mixedbread } from './mixedbread.ts'
import { mixlayer } from './mixlayer.ts'
import { moark } from './moark.ts'
import { modal } from './modal.ts'
import { modelscope } from './modelscope.ts'
import { moonshotAi } from './moonshot-ai.ts'
import { morph } from './morph.ts'
import { murf } from './murf.ts'
import { nadir } from './nadir.ts'
import { nanoGpt } from './nano-gpt.ts'
import { naver } from './naver.ts'
import { nearAi } from './near-ai.ts'
import { nebius } from './nebius.ts'
import { neosantara } from './neosantara.ts'
import { neuralwatt } from './neuralwatt.ts'
import { nlpCloud } from './nlp-cloud.ts'
import { nomic } from './nomic.ts'
import { nousResearch } from './nous-research.ts'
import { novita } from './novita.ts'
import { nscale } from './nscale.ts'
import { nvidia } from './nvidia.ts'
import { octoai } from './octoai.ts'
import { ofox } from './ofox.ts'
import { ollama } from './ollama.ts'
import { openai } from './openai.ts'
import { opencode } from './opencode.ts'
import { openinfer } from './openinfer.ts'
import { openrouter } from './openrouter.ts'
import { opper } from './opper.ts'
import { oracle } from './oracle.ts'
import { orcarouter } from './orcarouter.ts'
import { ovhcloud } from './ovhcloud.ts'
import { parallel } from './parallel.ts'
import { parasail } from './parasail.ts'
import { pendra } from './pendra.ts'
import { perplexity } from './perplexity.ts'
import { pinecone } from './pinecone.ts'
import { pinstripes } from './pinstripes.ts'
import { pioneer } from './pioneer.ts'
import { poe } from './poe.ts'
import { pollinations } from './pollinations.ts'
import { poolside } from './poolside.ts'
import { portkey } from './portkey.ts'
import { ppio } from './ppio.ts'
import { predibase } from './predibase.ts'
import { prism } from './prism.ts'
import { prodia } from './prodia.ts'
import { publicai } from './publicai.ts'
import { qihang } from './qihang.ts'
import { qiniu } from './qiniu.ts'
import { recraft } from './recraft.ts'
import { refuseless } from './refuseless.ts'
import { regolo } from './regolo.ts'
import { reka } from './reka.ts'
import { relace } from './relace.ts'
import { replicate } from './replicate.ts'
import { requesty } from './requesty.ts'
import { revAi } from './rev-ai.ts'
import { rime } from './rime.ts'
import { routingRun } from './routing-run.ts'
import { runpod } from './runpod.ts'
import { runware } from './runware.ts'
import { runwayml } from './runwayml.ts'
import { sail } from './sail.ts'
import { sakana } from './sakana.ts'
import { salesforce } from './salesforce.ts'
import { sambanova } from './sambanova.ts'
import { sapAiCore } from './sap-ai-core.ts'
import { sarvam } from './sarvam.ts'
import { sber } from './sber.ts'
import { scaleway } from './scaleway.ts'
import { scnet } from './scnet.ts'
import { scx } from './scx.ts'
import { sensenova } from './sensenova.ts'
import { sglang } from './sglang.ts'
import { siliconflow } from './siliconflow.ts'
import { snowflake } from './snowflake.ts'
import { soniox } from './soniox.ts'
import { speechify } from './speechify.ts'
import { speechmatics } from './speechmatics.ts'
import { spiceai } from './spiceai.ts'
import { stabilityAi } from './stability-ai.ts'
import { stackit } from './stackit.ts'
import { standardCompute } from './standard-compute.ts'
import { stepfun } from './stepfun.ts'
import { streamlake } from './streamlake.ts'
import { subconscious } from './subconscious.ts'
import { submodel } from './submodel.ts'
import { synthetic } from './synthetic.ts'
import { taichu } from './taichu.ts'
import { targon } from './targon.ts'
import { tencent } from './tencent.ts'
import { tensormesh } from './tensormesh.ts'
import { tensorx } from './tensorx.ts'
import { thegrid } from './thegrid.ts'
import { thinkingMachines } from './thinking-machines.ts'
import { tinfoil } from './tinfoil.ts'
import { togetherAi } from './together-ai.ts'
import { tokengo } from './tokengo.ts'
import { tokenrouter } from './tokenrouter.ts'
import { trustedrouter } from './trustedrouter.ts'
import { twelvelabs } from './twelvelabs.ts'
import type { Provider } from './types.ts'
import { typesafe } from './typesafe.ts'
import { umans } from './umans.ts'
import { unorouter } from './unorouter.ts'
import { upstage } from './upstage.ts'
import { v0 } from './v0.ts'
import { venice } from './venice.ts'
import { vercel } from './vercel.ts'
import { vivgrid } from './vivgrid.ts'
import { vllm } from './vllm.ts'
import { volcengine } from './volcengine.ts'
import { voyageAi } from './voyage-ai.ts'
import { vultr } from './vultr.ts'
import { wafer } from './wafer.ts'
import { wally } from './wally.ts'
import { wandb } from './wandb.ts'
import { wavespeed } from './wavespeed.ts'
import { writer } from './writer.ts'
import { xAi } from './x-ai.ts'
import { xiaomi } from './xiaomi.ts'
import { yandex } from './yandex.ts'
import { zAi } from './z-ai.ts'
import { zenmux } from './zenmux.ts'
import { zerogpu } from './zerogpu.ts'

/** Every provider that is known by its host. The first that matches is it: those that share a domain come in order. */
export const providers: readonly Provider[] = [
  openai,
  anthropic,
  azureAiOpenai,
  github,
  azureAiInference,
  zeroOneAi,
  above,
  agentrouter,
  agnesAi,
  aiRouter,
  akiIo,
  akash,
  ambient,
  amd,
  antLing,
  anyapi,
  atlascloud,
  bothub,
  charm,
  cline,
  continueDev,
  crof,
  crossmodel,
  drun,
  ebcloud,
  greenpt,
  hetzner,
  hicap,
  huaweiCloud,
  impossibl,
  inceptron,
  inco,
  inferx,
  infomaniak,
  internlm,
  jalapeno,
  kluster,
  longcat,
  melious,
  merge,
  modal,
  nlpCloud,
  ofox,
  opper,
  pendra,
  pioneer,
  poolside,
  scnet,
  spiceai,
  standardCompute,
  subconscious,
  taichu,
  tensorx,
  thinkingMachines,
  threeZeroTwoAi,
  abacus,
  abliteration,
  ai21,
  ai360,
  aiand,
  aihubmix,
  aiml,
  alephAlpha,
  sensenova,
  alibabaCloud,
  amazonNova,
  anyscale,
  apertis,
  arcee,
  assemblyai,
  auriko,
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
  charityEngine,
  chatgpt,
  chutes,
  clarifai,
  clfAiGateway,
  cloudferro,
  cloudflare,
  cognition,
  cohere,
  cometapi,
  compactifai,
  contextualAi,
  coralbricks,
  cortecs,
  brave,
  coze,
  crusoe,
  darkbloom,
  databricks,
  datarobot,
  dedalus,
  deepbricks,
  deepgram,
  deepinfra,
  deepseek,
  digitalocean,
  dinference,
  doubleword,
  edenAi,
  elevenlabs,
  empiriolabs,
  evroc,
  exa,
  falAi,
  fastrouter,
  featherlessAi,
  fireworksAi,
  fishAudio,
  friendliAi,
  frogbot,
  galadriel,
  gcpGemini,
  gcpVertexAi,
  githubCopilot,
  gladia,
  gmi,
  gpustack,
  groq,
  helicone,
  heroku,
  hostinger,
  hpcAi,
  huggingface,
  hume,
  hyperbolic,
  ibmWatsonxAi,
  iflow,
  iflytek,
  inception,
  inferenceapis,
  inferenceNet,
  infiniAi,
  inflection,
  inworld,
  ioNet,
  jiekou,
  jinaAi,
  ideogram,
  kling,
  kilo,
  krutrim,
  kyma,
  lambda,
  langbase,
  lemonfox,
  lepton,
  letta,
  libertai,
  lightningAi,
  lighton,
  lilac,
  litellm,
  llamacpp,
  llamagate,
  llmgateway,
  lmnt,
  lmStudio,
  luma,
  manus,
  maritaca,
  meganova,
  meta,
  minimax,
  mistralAi,
  mixedbread,
  mixlayer,
  moark,
  modelscope,
  moonshotAi,
  morph,
  murf,
  nadir,
  nanoGpt,
  naver,
  nearAi,
  nebius,
  neosantara,
  neuralwatt,
  nomic,
  nousResearch,
  novita,
  nscale,
  nvidia,
  octoai,
  ollama,
  opencode,
  openinfer,
  openrouter,
  oracle,
  orcarouter,
  ovhcloud,
  parallel,
  parasail,
  perplexity,
  pinecone,
  pinstripes,
  poe,
  pollinations,
  portkey,
  ppio,
  predibase,
  prism,
  prodia,
  publicai,
  qihang,
  qiniu,
  recraft,
  refuseless,
  regolo,
  reka,
  relace,
  replicate,
  requesty,
  revAi,
  rime,
  routingRun,
  runpod,
  runware,
  runwayml,
  sail,
  sakana,
  salesforce,
  sambanova,
  sapAiCore,
  sarvam,
  sber,
  scaleway,
  scx,
  sglang,
  siliconflow,
  snowflake,
  soniox,
  speechify,
  speechmatics,
  stabilityAi,
  stackit,
  stepfun,
  streamlake,
  submodel,
  synthetic,
  targon,
  tencent,
  tensormesh,
  thegrid,
  tinfoil,
  togetherAi,
  tokengo,
  tokenrouter,
  trustedrouter,
  twelvelabs,
  typesafe,
  umans,
  unorouter,
  upstage,
  v0,
  venice,
  vercel,
  vivgrid,
  vllm,
  volcengine,
  voyageAi,
  vultr,
  wafer,
  wally,
  wandb,
  wavespeed,
  writer,
  xAi,
  xiaomi,
  yandex,
  zAi,
  zenmux,
  zerogpu,
]
