# The user that Keycloak's own image has. Group 0, so that any other user of that group works too.
useradd --uid 1000 --gid 0 --no-create-home --home-dir /opt/keycloak --shell /usr/sbin/nologin keycloak
