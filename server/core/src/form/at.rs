//! A value of a form's file with the place where it stands.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

/// A value and its first byte. A wrapper of our own, because [`Spanned`] has no JSON schema, and because only a text has places: a packed form
/// has none, nor anything wrong with it that a message would have to place.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) start: usize,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for At<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(Self { value: T::deserialize(deserializer)?, start: 0 });
        }
        let spanned = Spanned::<T>::deserialize(deserializer)?;
        let start = spanned.span().start;
        Ok(Self { value: spanned.into_inner(), start })
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}
