//! Counting and fault proxies, fixtures and clocks for tests.
