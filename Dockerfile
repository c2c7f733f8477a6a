# The portal's image: web, worker, beat and migrations are the same image with other commands.
FROM node:22-slim AS front-end
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.11-slim AS image
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=clusters_portal.settings.production
WORKDIR /portal
COPY requirements-storage.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements-storage.txt
COPY --from=front-end /portal/node_modules node_modules
COPY . .
# Collecting needs settings, not secrets: these values stay in this one step.
RUN PORTAL_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" PORTAL_HOSTS=build PORTAL_ADDRESS=https://build \
    PORTAL_DATABASE_URL=postgresql://build@build/build PORTAL_BROKER_URL=redis://build \
    PORTAL_MAIL_HOST=build PORTAL_MAIL_FROM=build@build.example \
    python manage.py collectstatic --no-input \
    && python -m whitenoise.compress --quiet var/static \
    && useradd --system --home-dir /nonexistent portal \
    && mkdir -p /state && chown portal /state
USER portal
VOLUME /state
EXPOSE 8000
CMD ["gunicorn", "clusters_portal.wsgi", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", \
     "--max-requests=5000", "--max-requests-jitter=500", "--worker-tmp-dir=/dev/shm"]
