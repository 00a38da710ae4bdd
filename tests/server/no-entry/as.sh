# as ACCOUNT[:PASSWORD] COMMAND...: autogen as another account
as() {
	local account=$1
	shift
	DATABASE_URL=${DATABASE_URL/root@/$account@} autogen "$@" 2>&1 | sed "s|[^ ]*/socket|SOCKET|; s/\`*$DATABASE\`*/DB/g"
	return "${PIPESTATUS[0]}"
}
