# The ids of the public image, which people write into security contexts and volumes.
groupadd --system --gid 999 postgres
useradd --system --uid 999 --gid postgres --no-create-home --home-dir /var/lib/postgresql --shell /bin/bash \
	postgres
# The database is made when a container starts.
mkdir -p /etc/postgresql-common
echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
