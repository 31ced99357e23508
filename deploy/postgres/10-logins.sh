#!/bin/sh
# Runs once, when the database is made (docker-entrypoint-initdb.d): the portal's database and its three logins.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set eigenaar="$(cat /run/secrets/postgres_eigenaar)" \
    --set web="$(cat /run/secrets/postgres_web)" \
    --set taak="$(cat /run/secrets/postgres_taak)" \
    --file /docker-entrypoint-initdb.d/logins.psql
