//! gouji
