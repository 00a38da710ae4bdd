# busy TEXT: waits until a connection to the case's database runs a statement that has TEXT; its id
busy() {
	local id try
	for try in {1..200}; do
		id=$(sql -Ne "select id from information_schema.processlist
			where db = '$DATABASE' and instr(info, '$1') and not instr(info, 'processlist')")
		[ ! "$id" ] || break
		sleep 0.05
	done
	echo "$id"
}
