"""What an operator may set, read once at the entry point and passed down."""

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Limits and addresses of the HTTP server; each can be set as POLICYKG_NAME.

    Attributes:
        allowed_hosts: names the server answers to; any other Host header is refused, so that a
            hostile page cannot reach a local server under a name of its own (DNS rebinding).
        max_graph_nodes: the most nodes in a drawing.
        max_text: the most code points of a notice's text in one answer.
        max_url: the longest address, in bytes.
        max_body: the largest request body, in bytes; no route reads one.
    """

    model_config = SettingsConfigDict(env_prefix="POLICYKG_", frozen=True, extra="ignore")

    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    max_graph_nodes: Annotated[int, Field(ge=2, le=2000)] = 300
    max_text: Annotated[int, Field(ge=1000)] = 100_000
    max_url: Annotated[int, Field(ge=256)] = 8192
    max_body: Annotated[int, Field(ge=0)] = 16_384
