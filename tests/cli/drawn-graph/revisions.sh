# Branches that part into three, cross, and meet; a base of its own that depends on one of them.
mkdir generated
revision() { # ID DOWN DEPENDS
	printf -- '-- revision: %s\n-- down_revision: %s\n-- depends_on: %s\n-- message: about %s\n\n-- migrate:up\n' \
		"$1" "$2" "$3" "$1" >"generated/$1.sql"
}
revision a1
revision b1 a1
revision b2 a1
revision b3 a1
revision c1 'b1, b2, b3'
revision c2 b1
revision d1 c2
revision d2 'c1, d1'
revision e1 b3
revision x1
revision x2 x1 b1
revision f1 'd2, e1, x2'
