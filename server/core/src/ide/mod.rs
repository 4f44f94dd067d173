//! What an editor shows besides findings: plain functions on a snapshot.
