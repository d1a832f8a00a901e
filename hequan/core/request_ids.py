"""The request id (请求编号): one word that ties every log line of a request together."""

from contextvars import ContextVar

request_id: ContextVar[str] = ContextVar("request_id", default="")
