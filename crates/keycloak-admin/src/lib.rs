//! Keycloak's admin API: generated calls, session, errors and middleware.
