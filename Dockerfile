FROM python:3.12-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /opt/policykg \
    && /opt/policykg/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY kg kg
COPY loaders loaders
COPY queries queries
COPY viz viz
COPY api api
COPY data data
RUN /opt/policykg/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
COPY --from=build /opt/policykg /opt/policykg
RUN useradd --system --create-home --uid 10001 policykg \
    && install -d -o policykg -g policykg /graph /keys
ENV PATH=/opt/policykg/bin:$PATH POLICYKG_DB=/graph/graph.grafeo PYTHONUNBUFFERED=1 \
    POLICYKG_KEYS_FILE=/keys/keys.json
USER policykg
VOLUME /graph /keys
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
# Alone, on the embedded database in the volume; without a graph yet, the sample notices stand in it.
CMD ["sh", "-c", "test -e \"$POLICYKG_DB\" || policykg demo --no-serve && exec policykg serve --host 0.0.0.0"]
