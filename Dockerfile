# Two stages: one builds, the other holds the program and what it is linked to (scripts/image-layout.sh), and nothing else.
FROM rust:1.95-slim-bookworm AS build
# libpq with TLS; gcc and libc6-dev are there already.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libssl-dev pkg-config && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN scripts/image-build.sh /image

FROM scratch
COPY --from=build /image/root/ /
COPY --from=build --chown=10001:10001 /image/data/ /data/
USER 10001:10001
# The image has no PostgreSQL of its own: DATABASE_URL names one, as docker-compose.yml does.
ENV FIVEFOLD_DATA_DIR=/data FIVEFOLD_LISTEN=0.0.0.0:8080 FIVEFOLD_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 CMD ["/usr/bin/fivefold", "health"]
ENTRYPOINT ["/usr/bin/fivefold"]
CMD ["serve"]
