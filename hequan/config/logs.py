"""Log lines (日志): JSON for whoever gathers them, one request id throughout, nobody's data in.

Words go through a filter that masks what looks like a phone number, an identity number, a token or
a code, wherever it stands; addresses are logged without what was asked of them. One line a request
says who (by account number), what (by the name of the page), how it went and how long it took.
"""

import logging
import re
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from hequan.core.request_ids import request_id

_QUERY = re.compile(r"(/[^\s?\"']*)\?[^\s\"']+")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}\d{7}[\dXx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ -]?)?1[3-9](?:[ -]?\d){9}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SECRET = re.compile(
    r"((?:\b|_)(?:password|passwd|secret|token|code|csrf\w*|sessionid|session|authorization|otp|"
    r"phone)\b[\"']?\s*(?:[=:：]|是)\s*[\"']?)(?:Bearer\s+)?[^\s\"',;&)}]+",
    re.IGNORECASE,
)
_CHINESE_SECRET = re.compile(r"((?:验证码|密码)\s*(?:是|为|[=:：])?\s*)[0-9A-Za-z]{4,}")
_LONG_TOKEN = re.compile(r"(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{40,}(?![\w/.-])")
_BREAKS = re.compile(r"[\r\n\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029]+")
# what a record says of the program itself, and lines that are masked already
_OURS = frozenset(vars(logging.makeLogRecord({}))) | {"request_id", "address", "page", "method"}


def masked(text: str) -> str:
    """Return the text with everything that could tell who somebody is, or open a door, hidden."""
    text = _QUERY.sub(r"\1?…", text)
    text = _CHINESE_SECRET.sub(r"\1***", _SECRET.sub(r"\1***", text))
    for found in (_IDENTITY, _MOBILE, _LANDLINE, _MAIL, _LONG_TOKEN):
        text = found.sub("***", text)
    return text


class MaskingFilter(logging.Filter):
    """Turns a record into its masked words before any handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the message, and the values of an exception; let every record pass."""
        # a line break in what somebody sent must not begin a line of the log
        record.msg = _BREAKS.sub(" ", masked(record.getMessage()))
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = masked(logging.Formatter().formatException(record.exc_info))
        elif record.exc_text:
            record.exc_text = masked(record.exc_text)
        if record.stack_info:
            record.stack_info = masked(record.stack_info)
        for name, value in record.__dict__.items():
            if isinstance(value, str) and name not in _OURS:
                record.__dict__[name] = masked(value)
        record.request_id = request_id.get()
        return True


class JsonLines(JsonFormatter):
    """One JSON object a line: time, level, logger, message, request id, and what a line adds."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}{request_id}",
            "%Y-%m-%dT%H:%M:%S%z",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            reserved_attrs=[*RESERVED_ATTRS, "request", "taskName", "status_code"],
        )

    def formatException(self, ei: Any) -> str:
        """Return the masked words of an exception, also where no filter came first."""
        return masked(str(super().formatException(ei)))


def logging_settings(form: str) -> dict[str, Any]:
    """Return Django's LOGGING: `json` for machines, anything else for people."""
    line = "{asctime} {levelname} {name} {message} [{request_id}]"
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"masking": {"()": MaskingFilter}},
        "formatters": {"text": {"format": line, "style": "{"}, "json": {"()": JsonLines}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if form == "json" else "text",
                "filters": ["masking"],
            }
        },
        "root": {"handlers": ["console"], "level": "INFO"},
        # Django's own line for each 4xx tells nothing that ours does not
        "loggers": {"django.request": {"level": "ERROR"}, "httpx": {"level": "WARNING"}},
    }
