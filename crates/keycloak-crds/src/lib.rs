//! The Kubernetes API of Cloakroom: kinds, references, names, conditions and reasons.
