# mark TABLE LENGTH, unmark TABLE LENGTH: its column `note` gets that length, with a clause that no model
# holds, or without it.

case $FLAVOUR in
mysql)
	mark() { sql -e "alter table $1 modify note varchar($2) not null not secondary"; }
	unmark() { sql -e "alter table $1 modify note varchar($2) not null"; } ;;
mariadb)
	mark() { sql -e "set sql_mode = 'ignore_bad_table_options'; alter table $1 modify note varchar($2) not null brand_new='x'" 2>/dev/null; }
	unmark() { sql -e "alter table $1 modify note varchar($2) not null"; } ;;
esac
