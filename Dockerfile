# syntax=docker/dockerfile:1.9
# The portal as one image: web, worker, beat and the migrate job run it with a different command. Not root, no secrets, no compiler.

FROM node:22.16.0-bookworm-slim AS front
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY front front
RUN npm run build

FROM python:3.11.13-slim-bookworm AS pakketten
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements.txt

FROM python:3.11.13-slim-bookworm AS portaal
LABEL org.opencontainers.image.title="Aanspreekpunt" \
      org.opencontainers.image.description="Van het huisadres van een leerling naar één bekende persoon in het juiste wijkteam" \
      org.opencontainers.image.licenses="EUPL-1.2"
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings \
    MODUS=productie \
    PROCES_ROL=web \
    ACHTER_PROXY=true \
    VAR_DIR=/var/lib/aanspreekpunt \
    BIND=0.0.0.0 \
    PORT=8000
RUN groupadd --system --gid 10001 portaal \
    && useradd --system --uid 10001 --gid portaal --home-dir /app --shell /usr/sbin/nologin portaal \
    && install --directory --owner=portaal --group=portaal --mode=0750 /var/lib/aanspreekpunt /var/lib/aanspreekpunt/documenten
WORKDIR /app
COPY --from=pakketten /opt/venv /opt/venv
COPY manage.py gunicorn.conf.py pyproject.toml ./
COPY deploy/healthcheck.py deploy/
COPY kern kern
COPY gebieden gebieden
COPY scholen scholen
COPY zorgaanbod zorgaanbod
COPY wijkteams wijkteams
COPY toegang toegang
COPY casussen casussen
COPY portal portal
COPY templates templates
COPY static static
COPY --from=front /src/static/build static/build
# Gathering static files reads the settings, and those of production refuse to be without these. Nothing of it stays in the image.
RUN SECRET_KEY=alleen-om-de-bestanden-te-verzamelen-0123456789 \
    DATABASE_URL=postgres://niemand@localhost/niets \
    REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --no-input --verbosity 0 \
    && python -m compileall -q kern gebieden scholen zorgaanbod wijkteams toegang casussen portal
USER 10001:10001
VOLUME /var/lib/aanspreekpunt
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=3 CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "portal.wsgi"]
