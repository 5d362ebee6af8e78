# rupture with Pango, which the PDF needs. The wheel is built from this checkout.
#   docker build -t rupture .
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/letters" rupture render case.yaml -o letter.pdf

FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
# The build calls the package, to fill its build cache: it needs the libraries, too. pip and the backend then go.
RUN python -m venv /venv \
 && /venv/bin/python -m pip install --no-cache-dir --require-hashes --requirement requirements/letter.txt \
 && /venv/bin/python -m pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel . \
 && /venv/bin/python -m pip install --no-cache-dir --no-deps --no-index /wheel/*.whl \
 && /venv/bin/python -m pip uninstall --yes hatchling editables pathspec pluggy tomlkit trove-classifiers pip

FROM python:3.13-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home rupture
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH
USER rupture
WORKDIR /letters
ENTRYPOINT ["rupture"]
CMD ["--help"]
