# The app, its worker and its command line in one image; see docs/operations.md.
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
COPY sdk/package.json sdk/
COPY examples/llm-gateway/package.json examples/llm-gateway/
COPY examples/website-categorizer/package.json examples/website-categorizer/
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/image.mjs /image

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0 PORT=3000 TENANT_BACKUP_DIR=/data/tenant-backups
WORKDIR /app
COPY --from=build /image ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--enable-source-maps", "--max-semi-space-size=32", "scripts/container.mjs"]
CMD ["server"]
