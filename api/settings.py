"""What an operator may set, read once at the entry point and passed down."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, PositiveInt
from pydantic_settings import BaseSettings, SettingsConfigDict

from kg.adhoc import Limits


def _check_rate(text: str) -> str:
    from limits import parse  # only servers count

    if text:
        parse(text)
    return text


Rate = Annotated[str, AfterValidator(_check_rate)]
"""Such as 600/minute; empty for no limit."""
Seconds = Annotated[float, Field(gt=0, le=3600)]


class Settings(BaseSettings):
    """Limits and addresses of the HTTP server; each can be set as POLICYKG_NAME.

    Attributes:
        allowed_hosts: names the server answers to; any other Host header is refused, so that a
            hostile page cannot reach a local server under a name of its own (DNS rebinding).
        max_graph_nodes: the most nodes in a drawing.
        max_text: the most code points of a notice's text in one answer.
        max_url: the longest address, in bytes.
        max_body: the largest request body, in bytes.
        max_response: the largest answer, in bytes.
        max_connections: requests at work at once; further ones are told to come again.
        public_url: where the page is reached, which links in answers to agents begin with.
        request_seconds: how long an answer may take to begin.
        anonymous_read: whether reading needs no key.
        keys_file: where `policykg keys` keeps what it knows of them; None for the user's own.
        rate_anonymous: requests without a key, for each address (IPv6: each /64).
        rate_key: requests with a key, for each key.
        rate_cypher: ad-hoc statements, for each key.
        cypher: whether keys with the scope `cypher` may ask in Cypher of their own.
        cypher_seconds: how long one such statement may take.
        cypher_rows: the most rows that it may give.
        cypher_bytes: the most bytes of them as JSON.
        cypher_memory: MiB that it may take on an embedded database, beyond the graph itself.
        cypher_at_once: how many may be at work at the same time.
        cors_origins: web pages of these origins may read answers, as in https://lab.example.
        trusted_proxies: addresses whose X-Forwarded-For is believed.
        open_metrics: whether /metrics needs no key; else one with the scope `admin`.
        log_level: the least that is logged.
        log_format: `json` for programs, `text` for people, `auto` by whether a person looks on.
        telemetry: whether traces, metrics and logs go to the OTLP endpoint that the environment
            names (OTEL_EXPORTER_OTLP_ENDPOINT, …).
        cache_folder: where the places of large drawings are kept; None keeps them in memory alone.
    """

    model_config = SettingsConfigDict(env_prefix="POLICYKG_", frozen=True, extra="ignore")

    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    max_graph_nodes: Annotated[int, Field(ge=2, le=2000)] = 300
    max_text: Annotated[int, Field(ge=1000)] = 100_000
    max_url: Annotated[int, Field(ge=256)] = 8192
    max_body: Annotated[int, Field(ge=0)] = 65_536
    max_response: Annotated[int, Field(ge=1000)] = 32_000_000
    max_connections: PositiveInt = 512
    public_url: Annotated[str, Field(pattern=r"^https?://\S+$")] = "http://127.0.0.1:8000"
    request_seconds: Seconds = 30.0
    anonymous_read: bool = True
    keys_file: Path | None = None
    rate_anonymous: Rate = "600/minute"
    rate_key: Rate = "6000/minute"
    rate_cypher: Rate = "60/minute"
    cypher: bool = False
    cypher_seconds: Annotated[float, Field(gt=0, le=600)] = 10.0
    cypher_rows: Annotated[int, Field(ge=1, le=100_000)] = 1_000
    cypher_bytes: Annotated[int, Field(ge=1_000)] = 1_000_000
    cypher_memory: Annotated[int, Field(ge=16)] = 256
    cypher_at_once: Annotated[int, Field(ge=1, le=16)] = 2
    cors_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    open_metrics: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "text"] = "auto"
    telemetry: bool = False
    cache_folder: Path | None = None

    @property
    def cypher_limits(self) -> Limits:
        """What one ad-hoc statement may cost."""
        return Limits(
            seconds=self.cypher_seconds,
            rows=self.cypher_rows,
            size=self.cypher_bytes,
            memory=self.cypher_memory * 2**20,
            at_once=self.cypher_at_once,
        )
