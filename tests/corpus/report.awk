# report.awk - the rows of check_corpus as tables: per server the cases, and the distinct feature
# sets of the tables, passed, refused and failed.  A feature set is as the worst of its tables.
# Reasons are counted by their codes, with names and numbers folded.  Exit code 1 when anything failed.

BEGIN {
	FS = "\t"
	rank["unproven"] = 0; rank["passed"] = 1; rank["unaccepted"] = 1
	rank["refused"] = 2; rank["failed"] = 3
}

function fold(reason) {
	gsub(/'[^']*'/, "'…'", reason)
	gsub(/[0-9]+/, "N", reason)
	return substr(reason, 1, 140)
}

!($1 in seen) { seen[$1]; servers[++n_servers] = $1 }

$2 != "table" {
	cases[$1, $2, $4]++
	if ($4 == "failed") {
		failures++
		if (failures <= 40)
			failed[failures] = $1 ": " $3 ": " $5 ": " substr($6, 1, 200)
	}
	next
}

$4 != "unproven" && $4 != "unaccepted" {
	key = $1 SUBSEP $7
	if (!(key in worst))
		worst[key] = $4
	else if (rank[$4] > rank[worst[key]])
		worst[key] = $4
	if ($4 == "refused")
		reasons[$5 ": " fold($6)]++
}

function count(server, kind, outcome) { return cases[server, kind, outcome] + 0 }

function cases_line(server, kind,    passed, refused, failed, not_taken) {
	passed = count(server, kind, "passed"); refused = count(server, kind, "refused")
	failed = count(server, kind, "failed"); not_taken = count(server, kind, "unaccepted")
	if (passed + refused + failed + not_taken + count(server, kind, "unproven") == 0)
		return
	printf "%-14s %-12s %7d %7d %7d %7d %13d\n", server, kind "s", passed + refused + failed,
		passed, refused, failed, not_taken
}

END {
	for (key in worst) {
		split(key, part, SUBSEP)
		sets[part[1], worst[key]]++
		all[worst[key]]++
	}
	printf "%-14s %-12s %7s %7s %7s %7s %13s\n", "server", "", "taken", "passed", "refused",
		"failed", "not accepted"
	for (i = 1; i <= n_servers; i++) {
		cases_line(servers[i], "schema")
		cases_line(servers[i], "statement")
		cases_line(servers[i], "pair")
		p = sets[servers[i], "passed"]; r = sets[servers[i], "refused"]
		f = sets[servers[i], "failed"]
		printf "%-14s %-12s %7d %7d %7d %7d\n", servers[i], "feature sets", p + r + f, p, r, f
	}
	for (reason in reasons) {
		if (!any++)
			print "\nrefused tables, by reason"
		printf "%7d  %s\n", reasons[reason], reason | "sort -rn"
	}
	close("sort -rn")
	if (failures)
		print "\nfailed" (failures > 40 ? " (the first 40)" : "")
	for (i = 1; i <= failures && i <= 40; i++)
		print "  " failed[i]
	total = all["passed"] + all["refused"] + all["failed"]
	printf "\n%d feature sets: %d passed, %d refused (%.2f %%), %d failed; %d cases failed\n",
		total, all["passed"], all["refused"],
		total ? 100 * all["refused"] / total : 0, all["failed"], failures + 0
	if (total == 0)
		print "nothing was checked"
	exit failures > 0 || total == 0
}
