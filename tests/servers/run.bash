# shellcheck shell=bash
#
# run.bash - from the cache to processes.
#
#   RUN/.NAME.lock       held by whoever starts or stops the server
#   RUN/NAME/data, tmp   the datadir, copied from the cache; a server's own temporary files
#   RUN/NAME/socket
#   RUN/NAME/error.log
#   RUN/NAME/pid         the server's; RUN/NAME/watcher: its watcher's
#   RUN/NAME/exit        there once the server has ended: its exit code as the shell has it
#   RUN/NAME/lease       touched by those who use the server; too old, and the watcher clears up
#
# A server is never shut down, always killed: its data is thrown away.

# The server's command line, less what belongs to one run.  See the top of 'servers' for what may be
# set here and what may not.
set_server() { # NAME DIR -> SERVER (array)
	local dir=$2 usr=$2/root/usr share
	share=$(share_of "$1" "$dir")
	set_loader "$dir"
	SERVER=("${LOADER[@]}")
	case $(base_of "$1") in
	mysql-5.6)
		SERVER+=("$dir/package/server/mysqld" --no-defaults --basedir="$dir/package/server"
			--innodb-log-file-size=16M)
		;;
	mysql-9.7)
		SERVER+=("$usr/sbin/mysqld" --no-defaults --basedir="$usr"
			--plugin-dir="$usr/lib/mysql/plugin" --innodb-redo-log-capacity=16M
			--skip-log-bin --mysqlx=OFF --secure-file-priv=)
		;;
	mariadb-*)
		SERVER+=("$usr/sbin/mariadbd" --no-defaults --basedir="$usr"
			--plugin-dir="$usr/lib/mysql/plugin" --innodb-log-file-size=16M)
		;;
	esac
	SERVER+=(--lc-messages-dir="$share" --character-sets-dir="$share/charsets")
	# Native AIO wants O_DIRECT, which older tmpfs lacks; syncing is for those with something to lose.
	SERVER+=(--skip-networking --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0
		--innodb-doublewrite=0 --innodb-use-native-aio=0 --sync-binlog=0
		--performance-schema=OFF) # 300 MB of a 5.6, and nobody here looks
	[[ $1 != *-lower ]] || SERVER+=(--lower-case-table-names=1)
	# A server refuses to be root unless told so.
	[[ $EUID -ne 0 ]] || SERVER+=(--user=root)
}

# Is that process still what it was when its number was written down?  A zombie has no arguments.
is_process() { # PID ARGUMENT
	local args=()
	[[ $1 =~ ^[0-9]+$ && -r /proc/$1/cmdline ]] || return 1
	mapfile -d '' -t args 2>/dev/null <"/proc/$1/cmdline" || return 1
	[[ " ${args[*]} " == *" $2 "* ]]
}

file_text() { # FILE, which may be missing
	[[ ! -r $1 ]] || cat -- "$1" 2>/dev/null || true
}

answers() { # NAME
	local socket=$RUN/$1/socket
	[[ -S $socket ]] && fetched "$1" || return 1
	set_client "$1" "$(cached "$1")"
	timeout 5 "${CLIENT[@]}" --socket="$socket" -e 'select version()' &>/dev/null </dev/null
}

lock_server() { # NAME; until this shell ends
	exec 9>"$RUN/.$1.lock"
	flock 9
}

how_it_ended() { # NAME
	local code
	code=$(file_text "$RUN/$1/exit")
	if [[ ! $code ]]; then
		echo "it does not answer"
	elif [[ $code -gt 128 ]]; then
		echo "it was ended by SIG$(kill -l "$code")"
	else
		echo "it ended with exit code $code"
	fi
}

show_log() { # NAME
	[[ ! -r $RUN/$1/error.log ]] || tail -n 20 -- "$RUN/$1/error.log" | sed 's/^/    /' >&2
}

# Kill watcher and server, wait until they are gone, remove the folder.
stop_locked() { # NAME
	local name=$1 dir=$RUN/$1 pid watcher
	watcher=$(file_text "$dir/watcher")
	pid=$(file_text "$dir/pid")
	while is_process "$watcher" "$dir" || is_process "$pid" "--socket=$dir/socket"; do
		! is_process "$watcher" "$dir" || kill -KILL "$watcher" 2>/dev/null || true
		! is_process "$pid" "--socket=$dir/socket" || kill -KILL "$pid" 2>/dev/null || true
		sleep 0.02
	done
	rm -rf -- "$dir"
}

start_locked() { # NAME
	local name=$1 dir=$RUN/$1 from tries
	from=$(cached "$name")
	mkdir -m 700 -- "$dir" "$dir/tmp"
	touch -- "$dir/lease"
	cp -R --sparse=always -- "$(data_of "$name" "$from")" "$dir/data"
	setsid "$BASH" "$SELF" __watch "$name" "$dir" "$from" "$TTL" \
		</dev/null >"$dir/error.log" 2>&1 &
	for ((tries = 0; tries < 1200; tries++)); do
		! answers "$name" || return 0
		[[ ! -e $dir/exit ]] || break
		sleep 0.05
	done
	say "$name" "does not start: $(how_it_ended "$name"); the end of its log:"
	show_log "$name"
	stop_locked "$name"
	return 1
}

cmd_up() { # NAME
	local name=$1
	make_run_dir
	fetched "$name" || "$BASH" "$SELF" fetch "$name"
	lock_server "$name"
	touch -c -- "$RUN/$name/lease"
	if ! answers "$name"; then
		if [[ -e $RUN/$name ]]; then
			say "$name" "$(how_it_ended "$name"); starting it again"
			stop_locked "$name"
		fi
		start_locked "$name"
	fi
	echo "$name $RUN/$name/socket"
}

cmd_down() { # NAME
	[[ -d $RUN ]] || return 0
	make_run_dir
	lock_server "$1"
	stop_locked "$1"
}

cmd_restart() { # NAME
	local name=$1
	make_run_dir
	fetched "$name" || "$BASH" "$SELF" fetch "$name"
	lock_server "$name"
	if [[ -e $RUN/$name ]]; then
		if answers "$name"; then
			say "$name" "was up; the end of its log:"
		else
			say "$name" "$(how_it_ended "$name"); the end of its log:"
		fi
		show_log "$name"
		stop_locked "$name"
	fi
	start_locked "$name"
	echo "$name $RUN/$name/socket"
}

# The watcher: the server's parent, in a session of its own.  It writes down how the server ended, and
# clears up when nobody has used it for so long, or somebody removed the folder.  Should the watcher be
# killed, the kernel kills the server (pdeathsig): no server outlives its watcher.
watch() { # NAME DIR FETCHED TTL
	local name=$1 dir=$2 ttl=$4 server sleeper ended code fd
	# Hold open nothing of whoever called "up": not the lock, not a pipe somebody waits at the end of.
	# (255 is where bash reads this script.)
	for fd in "/proc/$$/fd/"*; do
		fd=${fd##*/}
		[[ $fd -le 2 || $fd -eq 255 ]] || eval "exec $fd>&-"
	done
	set_server "$name" "$3"
	# A server's core is of no use to us, and would be as big as its memory.
	ulimit -c 0
	echo $$ >"$dir/watcher"
	setpriv --pdeathsig KILL -- "${SERVER[@]}" --datadir="$dir/data" --tmpdir="$dir/tmp" \
		--socket="$dir/socket" --pid-file="$dir/server.pid" &
	server=$!
	echo "$server" >"$dir/pid"
	while [[ -d $dir ]]; do
		sleep 5 &
		sleeper=$!
		code=0
		wait -n -p ended ${server:+"$server"} "$sleeper" || code=$?
		if [[ $ended == "$server" ]]; then
			server=
			echo "$code" >"$dir/exit"
			kill "$sleeper"
		elif [[ $((EPOCHSECONDS - $(stat -c %Y -- "$dir/lease"))) -gt $ttl ]]; then
			# Whoever has the lock is about to use the server, or to stop it.
			exec 9>"${dir%/*}/.$name.lock"
			! flock -n 9 || break
			exec 9>&-
		fi
	done
	[[ ! $server ]] || kill -KILL "$server"
	rm -rf -- "$dir"
}
