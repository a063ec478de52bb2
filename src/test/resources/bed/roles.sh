# The roles and the database of the bed.
set -eu
cd /
for file in roles grants tables; do
    runuser -u postgres -- psql -Xq -v ON_ERROR_STOP=1 -d postgres </root/$file.sql
done
