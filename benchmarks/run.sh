#!/usr/bin/env bash
# Measures what the project promises about speed and memory, beside floors and peers, and prints one table.
# Everything listens on loopback and ends with the script.
#
#   benchmarks/run.sh [--quick] [name...]      names: see docs/BENCHMARKS.md; all without any
set -euo pipefail
cd "$(dirname "$0")/.."

names=" $* "
names=${names/ --quick / }
wanted() { [ -z "${names// /}" ] || [[ $names == *" $1 "* ]]; }

need() {
    local package=$1 tool
    for tool in "${@:2}"; do
        command -v "$tool" > /dev/null || missing+=" $package"
    done
}
if wanted docker && ! docker image inspect busybox:1.37 registry.k8s.io/pause:3.10 > /dev/null; then
    echo "a Docker engine with the images that script/test-images makes is needed for: docker" >&2
    exit 2
fi
missing=
if wanted create; then need etcd-server "${ETCD:-etcd}"; fi
if wanted proxy; then
    need haproxy haproxy
    need nginx-light nginx
    need wrk wrk
    need curl curl
fi
if wanted server; then
    need wrk wrk
    need kubernetes-client kubectl
fi
if [ -n "$missing" ]; then
    echo "not installed; on Debian: apt-get install$missing" >&2
    exit 2
fi

# Maven runs the java of a toolchain or, without one, the first on the path.
[ -z "${JAVA_HOME:-}" ] || export PATH="$JAVA_HOME/bin:$PATH"
run() {
    mvn ${MAVEN_OFFLINE:+-o} -q -Pbenchmarks -Dquick -pl "$1" -am compile -Dbench="dev.orchestrator.benchmarks.$2" -Dbench.args="$3"
}
if wanted create; then
    export ETCD_CLASS_PATH=$PWD/benchmarks-etcd/target/class-path
    mkdir -p benchmarks-etcd/target
    run benchmarks-etcd etcd.ClassPath "$ETCD_CLASS_PATH"
fi
if wanted server; then
    mvn ${MAVEN_OFFLINE:+-o} -q -Dquick -pl standalone -am package -DskipTests
fi
run benchmarks Benchmarks "$*"
