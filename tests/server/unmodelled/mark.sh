# mark TABLE LENGTH, unmark TABLE LENGTH: its column `note` gets that length, with something that no model
# holds, or without it. Of MySQL: no default at all, not even NULL.

case $FLAVOUR in
mysql)
	mark() { sql -e "alter table $1 modify note varchar($2); alter table $1 alter note drop default"; } ;;
mariadb)
	mark() { sql -e "set sql_mode = 'ignore_bad_table_options'; alter table $1 modify note varchar($2) brand_new='x'" 2>/dev/null; } ;;
esac

unmark() { sql -e "alter table $1 modify note varchar($2)"; }
