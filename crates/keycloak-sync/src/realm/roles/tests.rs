//! What a spec asks of roles, and what a live realm has of them.
