#!/bin/sh
# Runs inside a Debian root file system and installs the packages that are its arguments. What only
# the build needs is in /run/build and goes with it: apt's sources, the name servers, the steps of
# this image before and after (`prepare.sh`, `finish.sh`).
set -eu

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 APT_CONFIG=/run/build/apt.conf

# Nothing that a package installs is started.
printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d

# Manual pages are left out, but alternatives are links into their directories, which must be there.
cat >/etc/dpkg/dpkg.cfg.d/container <<'END'
force-unsafe-io
path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-include=/usr/share/locale/locale.alias
path-exclude=/usr/share/man/*
END
for section in 1 2 3 4 5 6 7 8; do
	mkdir -p "/usr/share/man/man$section"
done

. /run/build/prepare.sh
apt-get update --quiet
apt-get install --yes --quiet --no-install-recommends "$@"
. /run/build/finish.sh

# What would differ from one build to the next, or from one machine to the next, and what nobody reads.
apt-get clean
rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/lib/dpkg/*-old \
	/var/cache/ldconfig/* /tmp/* /var/tmp/* /usr/share/man/man?/* /usr/share/info/* /usr/share/lintian
find /usr/share/doc -type f ! -name copyright -delete
find /usr/share/doc -type d -empty -delete
find /usr/share/locale -mindepth 1 -maxdepth 1 -type d -exec rm -rf '{}' +
find /var/log -type f -delete
rm -f /usr/sbin/policy-rc.d /etc/dpkg/dpkg.cfg.d/container /etc/resolv.conf /etc/hostname \
	/etc/apt/sources.list /etc/passwd- /etc/group- /etc/shadow- /etc/gshadow- /etc/.pwd.lock
: >/etc/machine-id
