//! The authorization token and the decision who may use an instance or a realm.
