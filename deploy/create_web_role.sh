#!/bin/sh
# Once, when the database is made: the login of web, worker and beat. Its rights on tables
# are given after every migration by `manage.py grant_web_role`.
set -eu
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -v password="$PORTAL_WEB_PASSWORD" <<'SQL'
CREATE ROLE portal_web LOGIN PASSWORD :'password';
SQL
