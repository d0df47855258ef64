# The house in a container: installed from the lock with its hashes, run by a user who owns nothing but its data.
# Debian 13 carries the programs of PostgreSQL 17, which `dondoc backup` asks for; keep them no older than the server.

FROM python:3.13-slim-trixie AS build
WORKDIR /src
RUN python -m venv /opt/dondoc
COPY requirements/run.in requirements/run.txt requirements/
RUN /opt/dondoc/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt
COPY . .
RUN /opt/dondoc/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim-trixie
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client-17 tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/dondoc --create-home dondoc \
 && install --directory --owner dondoc --group dondoc --mode 0700 /var/backups/dondoc
COPY --from=build /opt/dondoc /opt/dondoc
ENV PATH=/opt/dondoc/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=dondoc.config.settings \
    DONDOC_HOME=/var/lib/dondoc \
    HOST=0.0.0.0 \
    SAMPLE=0
USER dondoc
WORKDIR /var/lib/dondoc
VOLUME /var/lib/dondoc
EXPOSE 8000
# One container with everything; compose.yaml runs web and worker apart.
CMD ["dondoc", "run", "--no-sample"]
