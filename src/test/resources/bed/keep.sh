# What clear puts back from now on: the data directory as it is when the server has been shut down.
set -eu
systemctl stop postgresql@@MAJOR@-main
cp -a --sparse=always /var/lib/postgresql/@MAJOR@/main /usr/share/bed/data
