"""Three LLM calls of a Python service, instrumented by OpenLLMetry, sent by OTLP over grpc or http/protobuf."""

import sys

import openai
from opentelemetry.instrumentation.openai import OpenAIInstrumentor
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

protocol, endpoint, service, llm_url = sys.argv[1:]
if protocol == "grpc":
    from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

    exporter = OTLPSpanExporter(endpoint=endpoint, insecure=True)
else:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    exporter = OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")

provider = TracerProvider(resource=Resource.create({"service.name": service}))
provider.add_span_processor(BatchSpanProcessor(exporter))
OpenAIInstrumentor().instrument(tracer_provider=provider)
tracer = provider.get_tracer("llm_calls")

client = openai.OpenAI(base_url=f"{llm_url}/v1", api_key="not-a-key")
for question in ("one", "two", "three"):
    with tracer.start_as_current_span("answer", attributes={"business.feature": "python-bot"}):
        client.chat.completions.create(
            model="gpt-4.1", messages=[{"role": "user", "content": question}], max_tokens=50
        )
provider.shutdown()
