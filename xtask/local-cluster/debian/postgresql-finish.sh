# The locale of the public image: it decides how text sorts.
localedef -i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8
rm -rf /usr/share/i18n

# Compiling queries at run time takes 130 MB of compiler; PostgreSQL does without when it is missing.
rm -rf /usr/lib/postgresql/*/lib/bitcode /usr/lib/postgresql/*/lib/llvmjit*
rm -f /usr/lib/*/libLLVM-*.so* /usr/lib/llvm-*/lib/libLLVM-*.so* /usr/lib/*/libz3.so*

# A key that every container would share is no secret.
rm -f /etc/ssl/private/ssl-cert-snakeoil.key /etc/ssl/certs/ssl-cert-snakeoil.pem
find /etc/ssl/certs -xtype l -delete

sed -i "s/^#*listen_addresses = .*/listen_addresses = '*'/" /usr/share/postgresql/*/postgresql.conf.sample
grep -q "^listen_addresses = '\*'" /usr/share/postgresql/*/postgresql.conf.sample
# 3777: any user may start the server, none may remove another's socket.
install --directory --owner=postgres --group=postgres --mode=3777 /run/postgresql
install --directory --owner=postgres --group=postgres --mode=1777 /var/lib/postgresql/data
install --directory --mode=755 /docker-entrypoint-initdb.d
