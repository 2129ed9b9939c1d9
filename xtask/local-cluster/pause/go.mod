module cloakroom.local/pause

go 1.24
