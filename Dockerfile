# Bidwell in a container. Build: docker build -t bidwell .   Run: see docs/operating.md
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Letters for pictures in Chinese; without them they are drawn in English.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-microhei && rm -rf /var/lib/apt/lists/*

# The bot needs no rights but to its own folder for data.
RUN useradd --system --uid 10001 --create-home --home-dir /data bidwell

WORKDIR /app
COPY requirements.txt ./
RUN python -m pip install --requirement requirements.txt
COPY app.py manifest.json ./
COPY bot bot
COPY handlers handlers
COPY sandbox sandbox
COPY scheduler scheduler
COPY storage storage
RUN python -m compileall -q .

USER bidwell
VOLUME /data
ENV DATABASE_URL=sqlite:////data/bidwell.db METRICS_PORT=9090
EXPOSE 3000 9090

# Whether the process lives. Whether it can work is told by /readyz: restarting would not bring Slack or a database back.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
    ["python", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"METRICS_PORT\"]}/healthz', timeout=4)"]

# SIGTERM ends it within ten seconds; `docker stop` waits that long.
CMD ["python", "app.py"]
