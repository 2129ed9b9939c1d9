#!/bin/sh
# Starts PostgreSQL and, where there is no database yet, makes one first. It understands what the
# documentation of the public image `postgres` tells people to write:
#
#   POSTGRES_PASSWORD          the superuser's password; there is no default
#   POSTGRES_USER              the superuser; default postgres
#   POSTGRES_DB                a database of this name; default the superuser's name
#   POSTGRES_INITDB_ARGS       more arguments of initdb
#   POSTGRES_INITDB_WALDIR     where the write-ahead log goes; default inside PGDATA
#   POSTGRES_HOST_AUTH_METHOD  how network connections log in; default scram-sha-256
#   PGDATA                     where the database is; default /var/lib/postgresql/data
#
# The first four may be given as NAME_FILE, the name of a file that holds the value. Scripts and SQL
# files in /docker-entrypoint-initdb.d run once, on the new database, in the order of their names.
set -eu

INIT_DIRECTORY=/docker-entrypoint-initdb.d

fail() {
	printf '%s\n' "$*" >&2
	exit 1
}

say() {
	printf '%s\n' "$*"
}

# Sets the variable $1 from itself or from the file that $1_FILE names, else to $2.
take() {
	eval "value=\${$1-} file=\${$1_FILE-}"
	if [ -n "$value" ] && [ -n "$file" ]; then
		fail "Both $1 and $1_FILE are set: set only one."
	fi
	if [ -n "$file" ]; then
		[ -r "$file" ] || fail "$1_FILE names $file, which cannot be read."
		value=$(cat "$file")
	fi
	[ -n "$value" ] || value=${2-}
	export "$1=$value"
	unset "$1_FILE"
}

# The arguments as one text that a shell reads as the same arguments again.
quoted() {
	for argument; do
		printf "'%s' " "$(printf '%s' "$argument" | sed "s/'/'\\\\''/g")"
	done
}

# As root: gives the directories to the user postgres, then goes on as that one.
step_down() {
	mkdir -p "$PGDATA"
	find "$PGDATA" ! -user postgres -exec chown postgres '{}' +
	# For the socket; it is missing where something else is mounted on /run. Whatever is wrong with
	# it, the server says it best.
	{ mkdir -p /run/postgresql && chown postgres /run/postgresql && chmod 3777 /run/postgresql; } || :
	if [ -n "${POSTGRES_INITDB_WALDIR-}" ]; then
		mkdir -p "$POSTGRES_INITDB_WALDIR"
		find "$POSTGRES_INITDB_WALDIR" ! -user postgres -exec chown postgres '{}' +
	fi
	export HOME=/var/lib/postgresql
	exec setpriv --reuid=postgres --regid=postgres --init-groups /bin/sh "$0" "$@"
}

# PostgreSQL asks for the name of its user: gives one to a user that /etc/passwd does not know.
name_user() {
	! getent passwd "$(id -u)" >/dev/null || return 0
	for library in /usr/lib/*/libnss_wrapper.so; do
		[ -e "$library" ] || return 0
		NSS_WRAPPER_PASSWD=$(mktemp)
		NSS_WRAPPER_GROUP=$(mktemp)
		printf 'postgres:x:%s:%s:PostgreSQL:%s:/bin/false\n' "$(id -u)" "$(id -g)" "$PGDATA" >"$NSS_WRAPPER_PASSWD"
		printf 'postgres:x:%s:\n' "$(id -g)" >"$NSS_WRAPPER_GROUP"
		export NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP LD_PRELOAD="$library"
		return 0
	done
}

# PostgreSQL accepts only a directory of its own that nobody else can read.
own_directory() {
	mkdir -p "$PGDATA" || fail "PGDATA is $PGDATA, which cannot be made as user $(id -u)."
	chmod 700 "$PGDATA" 2>/dev/null || fail "PGDATA is $PGDATA, which belongs to another user than $(id -u)." \
		"Set PGDATA to a directory inside the volume, such as $PGDATA/pgdata."
}

# The database is made in a directory inside PGDATA and moved when it is whole. A container that is
# ended while it makes one starts anew the next time, and does not take half a database for one.
make_database() {
	final=$PGDATA
	new=$PGDATA/.new
	if [ ! -e "$new/whole" ]; then
		take POSTGRES_PASSWORD
		take POSTGRES_USER postgres
		take POSTGRES_DB "$POSTGRES_USER"
		take POSTGRES_INITDB_ARGS
		: "${POSTGRES_HOST_AUTH_METHOD:=scram-sha-256}"
		check_password
		# What a container that was ended left behind; its log directory must be empty too.
		if [ -d "$new" ] && [ -n "${POSTGRES_INITDB_WALDIR-}" ]; then
			rm -rf "${POSTGRES_INITDB_WALDIR:?}"/*
		fi
		rm -rf "$new"
		export PGDATA="$new"
		initialise
		first_start "$@"
		export PGDATA="$final"
		: >"$new/whole"
	fi
	move_database
}

check_password() {
	if [ "$POSTGRES_HOST_AUTH_METHOD" = trust ]; then
		say "POSTGRES_HOST_AUTH_METHOD is trust: whoever reaches this database is let in without a password."
	elif [ -z "$POSTGRES_PASSWORD" ]; then
		fail "The database has no password for its superuser: set POSTGRES_PASSWORD to one, or" \
			"POSTGRES_PASSWORD_FILE to a file that holds it." \
			"(POSTGRES_HOST_AUTH_METHOD=trust would let everyone in without.)"
	fi
}

initialise() {
	set -- --username="$POSTGRES_USER" --auth-local=trust --auth-host="$POSTGRES_HOST_AUTH_METHOD"
	[ -z "${POSTGRES_INITDB_WALDIR-}" ] || set -- "$@" --waldir="$POSTGRES_INITDB_WALDIR"
	if [ -n "$POSTGRES_PASSWORD" ]; then
		# Through a pipe: the password is in no file and in no list of processes.
		printf '%s\n' "$POSTGRES_PASSWORD" | eval "initdb --pwfile=/dev/stdin \"\$@\" $POSTGRES_INITDB_ARGS"
	else
		eval "initdb \"\$@\" $POSTGRES_INITDB_ARGS"
	fi
	printf '\nhost all all all %s\n' "$POSTGRES_HOST_AUTH_METHOD" >>"$PGDATA/pg_hba.conf"
}

# The server, for this container only, while the database is filled.
first_start() {
	export PGPASSWORD="${PGPASSWORD-$POSTGRES_PASSWORD}" PGUSER="$POSTGRES_USER"
	[ "${1-}" != postgres ] || shift
	pg_ctl -D "$PGDATA" -w -o "$(quoted "$@" -c "listen_addresses=" -p "${PGPORT:-5432}")" start
	if [ "$POSTGRES_DB" != postgres ]; then
		printf 'CREATE DATABASE :"db";\n' | sql postgres --set=db="$POSTGRES_DB"
	fi
	run_files
	pg_ctl -D "$PGDATA" -m fast -w stop
	unset PGPASSWORD PGUSER
}

# Runs SQL from standard input in the database $1.
sql() {
	database=$1
	shift
	PGHOST='' PGHOSTADDR='' psql --set=ON_ERROR_STOP=1 --no-password --no-psqlrc --dbname="$database" "$@"
}

run_files() {
	for file in "$INIT_DIRECTORY"/*; do
		case $file in
		*.sh)
			say "Running $file"
			# One that is not executable is meant to be read into this shell.
			if [ -x "$file" ]; then "$file"; else . "$file"; fi
			;;
		*.sql)
			say "Running $file"
			sql "$POSTGRES_DB" --file="$file"
			;;
		*.sql.gz)
			say "Running $file"
			gunzip --stdout "$file" | sql "$POSTGRES_DB"
			;;
		"$INIT_DIRECTORY/*") ;;
		*) say "Not running $file: it ends neither in .sh, .sql nor .sql.gz" ;;
		esac
	done
}

# PG_VERSION last: it tells a database from a directory.
move_database() {
	for file in "$new"/*; do
		case $file in
		*/PG_VERSION | */whole) ;;
		*) mv "$file" "$PGDATA/" ;;
		esac
	done
	mv "$new/PG_VERSION" "$PGDATA/"
	rm -rf "$new"
}

case ${1-} in
'' | -*) set -- postgres "$@" ;;
esac
# Other programs, and questions to the server that need no database.
[ "$1" = postgres ] || exec "$@"
for argument; do
	case $argument in
	-'?' | --help | --describe-config | -V | --version) exec "$@" ;;
	esac
done

export PGDATA="${PGDATA:-/var/lib/postgresql/data}"
[ "$(id -u)" != 0 ] || step_down "$@"
own_directory
if [ -s "$PGDATA/PG_VERSION" ]; then
	say "Starting the database in $PGDATA"
else
	say "Making a database in $PGDATA"
	name_user
	make_database "$@"
	unset LD_PRELOAD NSS_WRAPPER_PASSWD NSS_WRAPPER_GROUP
	say "The database is made"
fi
exec "$@"
