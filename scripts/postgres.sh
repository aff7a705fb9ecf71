#!/usr/bin/env bash
# A private PostgreSQL for tests and for trying, in a temporary folder, as an ordinary user, on loopback only.
#
#   scripts/postgres.sh start     start it, unless it runs; installs Debian's package where it is missing and it may
#   scripts/postgres.sh installed  print yes or no: whether its programs are there
#   scripts/postgres.sh url       print the connection string of its administrator
#   scripts/postgres.sh restart   stop it at once, as a crash would (-m immediate), and start it on the same port
#   scripts/postgres.sh stop      stop it and remove its folder
#
# PLANNING_POSTGRES_DIR    its folder; one server a folder (default: planning-postgres-UID in the temporary folder)
# PLANNING_POSTGRES_INSTALL 'no' to fail where its programs are missing, instead of installing them
# PLANNING_POSTGRES_FSYNC  'on' to measure with; the default 'off' survives every crash but that of the machine
set -euo pipefail

dir="${PLANNING_POSTGRES_DIR:-${TMPDIR:-/tmp}/planning-postgres-$(id -u)}"
fsync="${PLANNING_POSTGRES_FSYNC:-off}"
data="$dir/data"

fail() { echo "postgres.sh: $*" >&2; exit 1; }

# The folder of the server's programs; Debian keeps them off the path.
find_programs() {
    local found
    found="$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -n 1)" || true
    [ -n "$found" ] || found="$(command -v initdb || true)"
    programs="${found%/initdb}"
    [ -n "$programs" ]
}

install_programs() {
    local as_root=()
    command -v apt-get >/dev/null ||
        fail "PostgreSQL's programs (initdb, pg_ctl) were not found. Install PostgreSQL, or put them on the PATH."
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null ||
            fail "PostgreSQL is not installed and this user may not install it. Run: apt-get install postgresql"
        as_root=(sudo -n)
    fi
    echo "postgres.sh: installing Debian's package 'postgresql'" >&2
    {
        "${as_root[@]}" apt-get update -q
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql-common
        # Only the programs are wanted, not the server that the package would start.
        "${as_root[@]}" sed -i 's/^#\? *create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends postgresql
    } >&2 || fail "PostgreSQL could not be installed; see above."
    find_programs || fail "PostgreSQL was installed, but its programs are not in /usr/lib/postgresql."
}

# PostgreSQL refuses to work as root, so root lends it the user that Debian's package brings.
choose_user() {
    as_user=()
    if [ "$(id -u)" -eq 0 ]; then
        getent passwd postgres >/dev/null || fail "Run by root, the server needs a user 'postgres'. Run: useradd -r postgres"
        as_user=(runuser -u postgres --)
    fi
}

is_running() { [ -d "$data" ] && "${as_user[@]}" "$programs/pg_ctl" status -D "$data" >/dev/null 2>&1; }

# A port below those that the system hands out, on which nobody listens.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

launch() { "${as_user[@]}" "$programs/pg_ctl" start -D "$data" -l "$dir/log" -w -t 60 -s; }

create() {
    local password
    password="$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
    rm -rf "$dir"
    mkdir -m 700 "$dir"
    (umask 077 && printf '%s' "$password" >"$dir/password")
    [ "${#as_user[@]}" -eq 0 ] || chown -R postgres: "$dir"
    "${as_user[@]}" "$programs/initdb" -D "$data" -U planning -A scram-sha-256 --pwfile="$dir/password" \
        -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" || fail "initdb failed; see $dir/initdb.log."
    cat >>"$data/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
fsync = $fsync
full_page_writes = $fsync
CONF
}

start() {
    find_programs || {
        [ "${PLANNING_POSTGRES_INSTALL:-yes}" != no ] || fail "PostgreSQL is not installed."
        install_programs
    }
    choose_user
    ! is_running || return 0
    cd / # a user that is lent may not read the folder this was started in
    create
    for _ in 1 2 3 4 5; do
        port="$(free_port)"
        echo "port = $port" >>"$data/postgresql.conf"
        launch && return
    done
    tail -n 5 "$dir/log" >&2
    fail "The server did not start; see $dir/log."
}

installed() { if find_programs; then echo yes; else echo no; fi; }

url() {
    [ -f "$data/postmaster.pid" ] || fail "No server runs in $dir. Run: scripts/postgres.sh start"
    echo "Host=127.0.0.1;Port=$(sed -n 4p "$data/postmaster.pid");Database=postgres;Username=planning;Password=$(cat "$dir/password")"
}

restart() {
    find_programs && choose_user && is_running || fail "No server runs in $dir. Run: scripts/postgres.sh start"
    cd /
    "${as_user[@]}" "$programs/pg_ctl" stop -D "$data" -m immediate -w -s
    launch
}

stop() {
    [ -d "$dir" ] || return 0
    if find_programs; then
        choose_user
        cd /
        ! is_running || "${as_user[@]}" "$programs/pg_ctl" stop -D "$data" -m fast -w -s
    fi
    rm -rf "$dir"
}

case "${1:-}" in
start | installed | url | restart | stop) "$1" ;;
*) sed -n '2,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
