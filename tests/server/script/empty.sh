# The database as it was made.
sql -e "drop database $DATABASE; create database $DATABASE"
