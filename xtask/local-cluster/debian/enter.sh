#!/bin/sh
# Runs install.sh inside the root file system $1, with the arguments that follow. It is started in
# process and mount namespaces of its own: when it ends, however it ends, nothing stays running or
# mounted.
set -eu

root=$1
shift
mount -t proc proc "$root/proc"
exec chroot "$root" /bin/sh /run/build/install.sh "$@"
