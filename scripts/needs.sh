# shellcheck shell=sh
# What ./start and ./test stand on: looks for programs, and installs them with the system's package manager where
# that can be done without a question. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

have() { command -v "$1" >/dev/null 2>&1; }

# As root, or through sudo where it asks nothing or somebody is there to answer.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        sudo "$@"
    else
        return 1
    fi
}

# install_with APT DNF BREW: each the names of one manager's packages. Quiet unless it fails.
install_with() {
    log=$(mktemp)
    if have apt-get; then
        say "Installing $1 with apt-get …"
        # shellcheck disable=SC2086 # several names
        apt_install $1 >"$log" 2>&1 </dev/null
    elif have dnf; then
        say "Installing $2 with dnf …"
        # shellcheck disable=SC2086
        as_root dnf install -y $2 >"$log" 2>&1 </dev/null
    elif have brew; then
        say "Installing $3 with brew …"
        # shellcheck disable=SC2086
        brew install $3 >"$log" 2>&1 </dev/null
    else
        rm -f "$log"
        return 1
    fi
    installed=$?
    [ $installed = 0 ] || tail -n 5 "$log" >&2
    rm -f "$log"
    return $installed
}

apt_install() {
    install='env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends'
    # shellcheck disable=SC2086
    as_root $install "$@" || { as_root apt-get update && as_root $install "$@"; }
}

# The programs of a PostgreSQL server, where Fivefold looks for them too.
have_postgres() {
    have initdb && return 0
    for initdb in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /usr/local/pgsql/bin/initdb \
        /opt/homebrew/opt/postgresql*/bin/initdb /usr/local/opt/postgresql*/bin/initdb; do
        [ -x "$initdb" ] && return 0
    done
    return 1
}

# Fivefold runs a server of its own: Debian's ready-made cluster is not wanted, so it is switched off for as long as
# the package is being installed.
need_postgres() {
    have_postgres && return 0
    if have apt-get; then
        folder=/etc/postgresql-common/createcluster.d
        file=$folder/fivefold.conf
        as_root mkdir -p "$folder" || true
        echo 'create_main_cluster = false' | as_root tee "$file" >/dev/null || true
        install_with postgresql '' '' || true
        as_root rm -f "$file" || true
    else
        install_with '' postgresql-server postgresql@17 || true
    fi
    have_postgres && return 0
    say "PostgreSQL is missing and could not be installed from here."
    say "Install its server package (Debian and Ubuntu: postgresql, Fedora: postgresql-server, macOS: brew install postgresql@17),"
    say "or set DATABASE_URL to a PostgreSQL 15 or newer that runs already."
    return 1
}

# The linker, and the compiler for what is built from C.
need_compiler() {
    have cc && return 0
    install_with 'gcc libc6-dev' 'gcc glibc-devel' gcc || true
    have cc && return 0
    say "A C compiler is missing and could not be installed from here. Install gcc, or on macOS run: xcode-select --install"
    return 1
}

need_cargo() {
    have cargo || PATH=$HOME/.cargo/bin:$PATH
    if have cargo; then return 0; fi
    say "Rust is missing. Install it from https://rustup.rs and run this again."
    return 1
}
