# Compares what the program's lists say with what the manual says; prints what differs.
#   sync WHAT: commands, options, settings, hooks, exits, attributes, refusals, reasons, demo

cli=$ROOT/src/cli manual=$ROOT/docs/manual.md language=$ROOT/docs/language.md

# The part of a page below a heading.
section() { # FILE HEADING
	sed -n "/^## $2\$/,/^## /p" "$1"
}

commands() {
	diff <(sed -n 's/^COMMAND("\([a-z-]*\)".*/\1/p' "$cli/command.def" | sort) \
		<(section "$manual" Commands | grep -o '`autogen [a-z][a-z-]\+' | sed 's/.* //' | sort -u)
}

# NAME|COMMANDS, sorted, as option.def and as the table have them
options() {
	diff <(sed -n 's/^OPTION([A-Z_]*, "\([a-z-]*\)", [^,]*, [^,]*, "\([^"]*\)".*/\1|\2/p' "$cli/option.def" |
		sed 's/| /|/; s/ $//; s/ /, /g' | sort) \
		<({
			section "$manual" Options | sed -n 's/^| `--\([a-z-]*\)` | \([^|]*\) |.*/\1|\2/p'
			section "$manual" Options | sed -n '/^For every/,/^$/p' | grep -o '`--[a-z]*' |
				sed 's/`--\(.*\)/\1|*/'
		} | sort)
	# and their letters
	diff <(sed -n "s/^OPTION([A-Z_]*, \"[a-z-]*\", '\(.\)'.*/-\1/p" "$cli/option.def" | sort) \
		<(section "$manual" Options | grep -o '(`-[a-zA-Z]`)' | tr -d '()`' | sort)
}

# NAME|DEFAULT
settings() {
	diff <(sed -n 's/^KEY([A-Z_]*, "\([a-z_]*\)", \("\([^"]*\)"\|NULL\).*/\1|\3/p' "$cli/config.def") \
		<(section "$manual" Settings | sed '/^| key of/,$d' | sed -n 's/^| `\([a-z_]*\)` | \(`\([^`]*\)` \)\?| .*/\1|\3/p')
}

# KEY of [post_write_hooks]
hooks() {
	diff <(sed -n 's/^HOOK([A-Z_]*, "\([a-z.]*\)".*/\1/p' "$cli/config.def" | sed 's/^\./NAME./') \
		<(section "$manual" Settings | sed -n '/^| key of/,/^$/s/^| `\([A-Za-z_.]*\)` | .*/\1/p')
}

exits() {
	diff <(sed -n 's/^\tAPP_[A-Z]* = \([0-9]*\),/\1/p' "$cli/app.h") \
		<(section "$manual" Commands | sed -n 's/^| \([0-9]*\) | .*/\1/p')
}

# SPELLING|PLACES
attributes() {
	diff <(sed -n 's/^ATTR([A-Z_]*, "\([^"]*\)", [A-Z_]*, "\([A-Z]*\)").*/\1|\2/p' \
		"$ROOT/src/syntax/attribute.def") \
		<(section "$language" Attributes | sed -n 's/^| `\([^`]*\)` | \([^|]*\) |.*/\1|\2/p' |
			sed 's/, //g; s/|\(.*\)schema/|S\1/; s/|\(.*\)table/|\1T/; s/|\(.*\)column/|\1C/; s/|\(.*\)key/|\1K/
				s/|\(.*\)partition/|\1P/; s/|\(.*\)check/|\1X/; s/|\(.*\)type/|\1Y/')
}

# CODE
refusals() {
	diff <(sed -n 's/^REFUSAL([A-Z_]*, "\([a-z-]*\)").*/\1/p' "$ROOT/src/model/refusal.def") \
		<(section "$ROOT/docs/exactness.md" "What is refused" | sed -n 's/^| `\([a-z-]*\)` |.*/\1/p')
}

# CASE, where autogen's commands are not Alembic's
reasons() {
	diff <(sed -n '/^REASONS/,/^}/s/^    "\([a-z-]*\)":.*/\1/p' "$ROOT/tests/alembic/graphs" | sort) \
		<(section "$ROOT/docs/alembic.md" "The same commands" | sed -n 's/^| `\([a-z-]*\)` |.*/\1/p' | sort)
}

# README's block is what tests/golden/demo holds.
demo() {
	diff <(sed -n '/^\$ /,$p' "$ROOT/tests/golden/demo/case.txt" | sed '1,2d; s/^\\//') \
		<(sed -n '/^```console$/,/^```$/p' "$ROOT/README.md" | sed '/^```/,$!d; 1d' | sed '/^```$/,$d')
}

sync() {
	"$1"
}
