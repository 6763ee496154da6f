#!/usr/bin/env bash
# The service proxy beside HAProxy: keep-alive and new connections (wrk), one bulk stream (curl), CPU time of the proxies.
# Everything listens on loopback and ends with the script.
#
#   benchmarks/proxy.sh [rounds [seconds per load [MiB per transfer [Java option of one more proxy, as -Dloops=2 ...]]]]
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in haproxy nginx wrk curl; do
    command -v "$tool" > /dev/null || {
        echo "missing: $tool (Debian: apt-get install haproxy nginx-light wrk curl)" >&2
        exit 2
    }
done
exec mvn ${MAVEN_OFFLINE:+-o} -q -Pbenchmarks -Dquick -pl benchmarks -am compile \
    -Dbench=dev.orchestrator.benchmarks.proxy.ProxyBenchmark -Dbench.args="$*"
