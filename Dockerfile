# Images of the operator (default target) and of the reference backend (--target backend).
#   docker build --tag scim-operator .
#   docker build --target backend --tag scim-backend .
# Every base image is an argument, for mirrors and for pinning by digest. The SDK's and the final image's C library must match:
# both are Ubuntu's here. NativeAOT does not compile across architectures: buildx builds each platform on (or emulating) its own.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0-noble
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled

FROM ${SDK_IMAGE} AS build
# The linker and the library that NativeAOT needs.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends clang zlib1g-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
ARG TARGETARCH=amd64
ARG VERSION=0.1.0
# Docker says amd64 where .NET says x64. Debug symbols stay behind.
RUN case "${TARGETARCH}" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "no build for ${TARGETARCH}: use amd64 or arm64" >&2; exit 1 ;; esac \
    && echo "${rid}" > /rid

FROM build AS build-operator
RUN dotnet publish src/Operator --configuration Release --runtime "$(cat /rid)" --output /out -p:VersionPrefix="${VERSION}" \
    && rm -f /out/*.dbg /out/*.pdb /out/*.xml

FROM build AS build-backend
RUN dotnet publish src/Backend --configuration Release --runtime "$(cat /rid)" --output /out -p:VersionPrefix="${VERSION}" \
    && rm -f /out/*.dbg /out/*.pdb /out/*.xml \
    && mkdir /data

FROM ${RUNTIME_IMAGE} AS backend
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="scim-backend" \
      org.opencontainers.image.description="Reference account: admin API and SCIM 2.0 service provider" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build-backend /out/ /
# Created in the build, since this image has no shell to create it with.
COPY --from=build-backend --chown=65532:65532 /data /data
ENV SCIM_BACKEND_LISTEN=0.0.0.0:8080 \
    SCIM_BACKEND_DATA=/data/backend.db \
    SCIM_BACKEND_CREDENTIAL_FILE=/data/credential
VOLUME /data
EXPOSE 8080
# A number, so that Kubernetes can see that it isn't root.
USER 65532:65532
ENTRYPOINT ["/scim-backend"]

# Last, so that it is what is built unless another target is named.
FROM ${RUNTIME_IMAGE} AS operator
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="scim-operator" \
      org.opencontainers.image.description="Kubernetes operator for SCIM tokens and the users who hold them" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build-operator /out/ /
EXPOSE 8080 8081 9443
USER 65532:65532
ENTRYPOINT ["/scim-operator"]
