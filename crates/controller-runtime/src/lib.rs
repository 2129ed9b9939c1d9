//! What every controller needs and that knows no kind: run, finalizer, outcome, backoff, status, lease, telemetry.
