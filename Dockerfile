# The what-if room: docker build -t selloff . && docker run -p 127.0.0.1:8765:8765 selloff
FROM python:3.13-slim AS build
RUN python -m venv /opt/selloff
ENV PATH=/opt/selloff/bin:$PATH
WORKDIR /build
COPY requirements/web.lock requirements/
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements/web.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --uid 10001 --create-home --home-dir /srv/selloff selloff \
  && install -d -o selloff /srv/selloff/.cache
COPY --from=build /opt/selloff /opt/selloff
ENV PATH=/opt/selloff/bin:$PATH PYTHONUNBUFFERED=1
USER selloff
WORKDIR /srv/selloff
EXPOSE 8765
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8765/healthz', timeout=4)"]
ENTRYPOINT ["selloff", "serve", "--host", "0.0.0.0", "--no-browser"]
CMD ["--origin", "http://localhost:8765"]
