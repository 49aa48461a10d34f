import { ai21Complete } from './ai21-complete.ts'
import { alephAlphaComplete } from './aleph-alpha-complete.ts'
import { anthropicComplete } from './anthropic-complete.ts'
import { anthropicDreams } from './anthropic-dreams.ts'
import { anthropicDreamsRetrieve } from './anthropic-dreams-retrieve.ts'
import { anthropicMessageBatches } from './anthropic-message-batches.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { anthropicSessions } from './anthropic-sessions.ts'
import { assemblyaiLemur } from './assemblyai-lemur.ts'
import { assemblyaiTranscripts } from './assemblyai-transcripts.ts'
import { assemblyaiTranscriptsRetrieve } from './assemblyai-transcripts-retrieve.ts'
import { baiduWenxinworkshop } from './baidu-wenxinworkshop.ts'
import { bedrockAgent } from './bedrock-agent.ts'
import { bedrockAsyncInvoke } from './bedrock-async-invoke.ts'
import { bedrockBidirectionalStream } from './bedrock-bidirectional-stream.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { bedrockEvaluate } from './bedrock-evaluate.ts'
import { bedrockHarness } from './bedrock-harness.ts'
import { bedrockInvoke } from './bedrock-invoke.ts'
import { bedrockRetrieveAndGenerate } from './bedrock-retrieve-and-generate.ts'
import { blackForestLabs } from './black-forest-labs.ts'
import { bytezModels } from './bytez-models.ts'
import { classify } from './classify.ts'
import { cloudflareRun } from './cloudflare-run.ts'
import { cloudflareUniversal } from './cloudflare-universal.ts'
import { clovaStudio } from './clova-studio.ts'
import { cohereBatches } from './cohere-batches.ts'
import { cohereChat } from './cohere-chat.ts'
import { cohereEmbed } from './cohere-embed.ts'
import { cohereEmbedJobs } from './cohere-embed-jobs.ts'
import { cohereGenerate } from './cohere-generate.ts'
import { cohereParse } from './cohere-parse.ts'
import { contextualAgents } from './contextual-agents.ts'
import { cozeChat } from './coze-chat.ts'
import { cozeChatRetrieve } from './coze-chat-retrieve.ts'
import { cozeWorkflows } from './coze-workflows.ts'
import { dashscopeGeneration } from './dashscope-generation.ts'
import { dashscopeTasksRetrieve } from './dashscope-tasks-retrieve.ts'
import { decisions } from './decisions.ts'
import { deepgramRead } from './deepgram-read.ts'
import { deepinfraInference } from './deepinfra-inference.ts'
import { deferredCompletion } from './deferred-completion.ts'
import { difyMessages } from './dify-messages.ts'
import { elasticsearchInference } from './elasticsearch-inference.ts'
import { elevenlabsSound } from './elevenlabs-sound.ts'
import { exaAnswer } from './exa-answer.ts'
import { exaResearch } from './exa-research.ts'
import { exaResearchRetrieve } from './exa-research-retrieve.ts'
import { falRequestsRetrieve } from './fal-requests-retrieve.ts'
import { falRun } from './fal-run.ts'
import { fireworksBatches } from './fireworks-batches.ts'
import { fireworksImages } from './fireworks-images.ts'
import { googleBatches } from './google-batches.ts'
import { googleEmbedContent } from './google-embed-content.ts'
import { googleGenerateContent } from './google-generate-content.ts'
import { googleInteractions } from './google-interactions.ts'
import { googleInteractionsRetrieve } from './google-interactions-retrieve.ts'
import { googleLive } from './google-live.ts'
import { googlePredict } from './google-predict.ts'
import { googleRawPredict } from './google-raw-predict.ts'
import { googleReasoningEngines } from './google-reasoning-engines.ts'
import { huggingfaceEmbed } from './huggingface-embed.ts'
import { huggingfaceTextGeneration } from './huggingface-text-generation.ts'
import { ideogramImages } from './ideogram-images.ts'
import { klingVideos } from './kling-videos.ts'
import { koboldcppGenerate } from './koboldcpp-generate.ts'
import { langbaseRun } from './langbase-run.ts'
import { lettaMessages } from './letta-messages.ts'
import { llamaStackInference } from './llama-stack-inference.ts'
import { llamacppCompletion } from './llamacpp-completion.ts'
import { lmStudioChat } from './lm-studio-chat.ts'
import { lumaGenerations } from './luma-generations.ts'
import { mediaJobs } from './media-jobs.ts'
import { minimaxMedia } from './minimax-media.ts'
import { mistralBatches } from './mistral-batches.ts'
import { mistralConversations } from './mistral-conversations.ts'
import { mistralOcr } from './mistral-ocr.ts'
import { modelInvocations } from './model-invocations.ts'
import { nlpCloudGeneration } from './nlp-cloud-generation.ts'
import { ollamaChat } from './ollama-chat.ts'
import { ollamaEmbed } from './ollama-embed.ts'
import { ollamaGenerate } from './ollama-generate.ts'
import { openaiAgentSessions } from './openai-agent-sessions.ts'
import { openaiBatches } from './openai-batches.ts'
import { openaiChatCompletions } from './openai-chat-completions.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiEvalRuns } from './openai-eval-runs.ts'
import { openaiEvalRunsRetrieve } from './openai-eval-runs-retrieve.ts'
import { openaiImages } from './openai-images.ts'
import { openaiLive } from './openai-live.ts'
import { openaiModerations } from './openai-moderations.ts'
import { openaiRealtime } from './openai-realtime.ts'
import { openaiResponses } from './openai-responses.ts'
import { openaiResponsesRetrieve } from './openai-responses-retrieve.ts'
import { openaiResponsesWebsocket } from './openai-responses-websocket.ts'
import { openaiSpeech } from './openai-speech.ts'
import { openaiThreadRuns } from './openai-thread-runs.ts'
import { openaiThreadRunsRetrieve } from './openai-thread-runs-retrieve.ts'
import { openaiTranscriptions } from './openai-transcriptions.ts'
import { openaiVideos } from './openai-videos.ts'
import { oracleAgents } from './oracle-agents.ts'
import { oracleChat } from './oracle-chat.ts'
import { oracleEmbedText } from './oracle-embed-text.ts'
import { prodiaJobs } from './prodia-jobs.ts'
import { replicatePredictions } from './replicate-predictions.ts'
import { replicatePredictionsRetrieve } from './replicate-predictions-retrieve.ts'
import { rerank } from './rerank.ts'
import { runpodJobs } from './runpod-jobs.ts'
import { runpodJobsRetrieve } from './runpod-jobs-retrieve.ts'
import { runwareTasks } from './runware-tasks.ts'
import { runwayTasks } from './runway-tasks.ts'
import { salesforceModels } from './salesforce-models.ts'
import { sapOrchestration } from './sap-orchestration.ts'
import { snowflakeAgents } from './snowflake-agents.ts'
import { speechToText } from './speech-to-text.ts'
import { stabilityImage } from './stability-image.ts'
import { tencentHunyuan } from './tencent-hunyuan.ts'
import { textToSpeech } from './text-to-speech.ts'
import { transcriptionJobs } from './transcription-jobs.ts'
import { transcriptionJobsRetrieve } from './transcription-jobs-retrieve.ts'
import { tritonGenerate } from './triton-generate.ts'
import { twelvelabsAnalyze } from './twelvelabs-analyze.ts'
import type { ApiFlavor } from './types.ts'
import { upstageDocuments } from './upstage-documents.ts'
import { veniceImages } from './venice-images.ts'
import { vercelBatches } from './vercel-batches.ts'
import { vercelLanguageModel } from './vercel-language-model.ts'
import { videosRetrieve } from './videos-retrieve.ts'
import { volcengineTasks } from './volcengine-tasks.ts'
import { volcengineTasksRetrieve } from './volcengine-tasks-retrieve.ts'
import { watsonxText } from './watsonx-text.ts'
import { writerApplications } from './writer-applications.ts'
import { yandexCompletion } from './yandex-completion.ts'
import { yandexOperationsRetrieve } from './yandex-operations-retrieve.ts'
import { yandexTextEmbedding } from './yandex-text-embedding.ts'
import { zaiAgents } from './zai-agents.ts'
import { zaiLayoutParsing } from './zai-layout-parsing.ts'

/** Every API flavor that is metered. Where two share a path, the earlier one is asked first. */
export const flavors: readonly ApiFlavor[] = [
  openaiChatCompletions,
  openaiResponses,
  anthropicMessages,
  openaiEmbeddings,
  openaiCompletions,
  googleGenerateContent,
  bedrockConverse,
  bedrockInvoke,
  lmStudioChat,
  cohereChat,
  ollamaChat,
  ai21Complete,
  alephAlphaComplete,
  anthropicComplete,
  anthropicDreams,
  anthropicDreamsRetrieve,
  anthropicMessageBatches,
  anthropicSessions,
  assemblyaiLemur,
  assemblyaiTranscripts,
  assemblyaiTranscriptsRetrieve,
  baiduWenxinworkshop,
  bedrockAgent,
  bedrockAsyncInvoke,
  bedrockBidirectionalStream,
  bedrockEvaluate,
  bedrockHarness,
  bedrockRetrieveAndGenerate,
  blackForestLabs,
  bytezModels,
  classify,
  cloudflareRun,
  cloudflareUniversal,
  clovaStudio,
  cohereBatches,
  cohereEmbed,
  cohereEmbedJobs,
  cohereGenerate,
  cohereParse,
  contextualAgents,
  cozeChat,
  cozeChatRetrieve,
  cozeWorkflows,
  dashscopeGeneration,
  dashscopeTasksRetrieve,
  decisions,
  deferredCompletion,
  deepgramRead,
  deepinfraInference,
  difyMessages,
  elasticsearchInference,
  elevenlabsSound,
  exaAnswer,
  exaResearch,
  exaResearchRetrieve,
  falRun,
  falRequestsRetrieve,
  fireworksBatches,
  fireworksImages,
  googleBatches,
  googleEmbedContent,
  googleInteractions,
  googleInteractionsRetrieve,
  googleLive,
  googlePredict,
  googleRawPredict,
  googleReasoningEngines,
  huggingfaceEmbed,
  huggingfaceTextGeneration,
  ideogramImages,
  klingVideos,
  koboldcppGenerate,
  langbaseRun,
  lettaMessages,
  llamaStackInference,
  llamacppCompletion,
  lumaGenerations,
  mediaJobs,
  minimaxMedia,
  mistralBatches,
  mistralConversations,
  mistralOcr,
  modelInvocations,
  nlpCloudGeneration,
  ollamaEmbed,
  ollamaGenerate,
  openaiAgentSessions,
  openaiBatches,
  openaiEvalRuns,
  openaiEvalRunsRetrieve,
  openaiImages,
  openaiLive,
  openaiModerations,
  openaiRealtime,
  openaiResponsesRetrieve,
  openaiResponsesWebsocket,
  openaiSpeech,
  openaiThreadRuns,
  openaiThreadRunsRetrieve,
  openaiTranscriptions,
  openaiVideos,
  prodiaJobs,
  runpodJobs,
  runpodJobsRetrieve,
  runwareTasks,
  salesforceModels,
  transcriptionJobs,
  transcriptionJobsRetrieve,
  videosRetrieve,
  oracleAgents,
  oracleChat,
  oracleEmbedText,
  replicatePredictions,
  replicatePredictionsRetrieve,
  rerank,
  runwayTasks,
  sapOrchestration,
  snowflakeAgents,
  speechToText,
  stabilityImage,
  tencentHunyuan,
  textToSpeech,
  tritonGenerate,
  twelvelabsAnalyze,
  upstageDocuments,
  veniceImages,
  vercelBatches,
  vercelLanguageModel,
  volcengineTasks,
  volcengineTasksRetrieve,
  watsonxText,
  writerApplications,
  yandexCompletion,
  yandexOperationsRetrieve,
  yandexTextEmbedding,
  zaiAgents,
  zaiLayoutParsing,
]
