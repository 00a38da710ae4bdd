# Everything a database holds, but for the journal.
sql -N -r -e 'select version_num from autogen_version order by 1; select hex(name) from users order by id'
for table in $(sql -N -e "show full tables where Table_type = 'BASE TABLE'" | cut -f 1); do
	[ "$table" = autogen_journal ] || sql -N -r -e "show create table \`$table\`"
done
sql -N -r -e 'select trigger_name, sql_mode, action_statement from information_schema.triggers
	where trigger_schema = database()'
