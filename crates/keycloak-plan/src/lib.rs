//! What to change in Keycloak: kinds of objects, three-way diff, plan, consent, rendering.
