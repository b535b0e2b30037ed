"""`policykg serve` in a process of its own, for the benchmarks that ask it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def serving(file: Path) -> Iterator[str]:
    """Run the server, without rate limits; yield its address."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "serve"]
    environment = os.environ | {"POLICYKG_RATE_ANONYMOUS": "", "POLICYKG_LOG_LEVEL": "error"}
    with subprocess.Popen(
        [*command, "--db", str(file), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://\S+:\d+", server.stderr.readline())
            assert found, "the server does not say where it is"
            yield f"{found[0]}/api/v1/"
        finally:
            server.terminate()
