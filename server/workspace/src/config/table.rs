//! Tables of the configuration, each declared once.

use std::borrow::Cow;
use std::marker::PhantomData;

use gouji_core::nearest::suggest;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value as Json};

use super::Origin;
use super::node::{self, Entry, Node};
use super::value::{Place, Reader, Value};

/// A table of the configuration. To be declared with [`table!`].
pub(super) trait Table: Sized {
    /// Its name in the JSON schema.
    const NAME: &'static str;
    /// What the author of a configuration reads about it.
    const ABOUT: &'static str;
    /// The keys that there are.
    const KEYS: &'static [&'static str];

    /// Takes the value of each key; `None` if one of them cannot be read.
    fn read(fields: Fields, reader: &mut Reader<'_>) -> Option<Self>;

    /// What it is where it is left out; `None` if one of its keys may not be.
    fn left_out() -> Option<Self>;

    /// Lays `above` over it, key by key.
    fn overlay(&mut self, above: Self);

    /// Describes each key in the JSON schema.
    fn describe(schema: &mut Properties<'_>);
}

/// Declares a table from one list of its keys: the type, how it is read, and its JSON schema, whose descriptions are the doc comments. They are Chinese,
/// for the author of a configuration. What stands behind `=` is what the schema gives as the default. A check sees each key by the name of its
/// field, `None` where it cannot be read.
macro_rules! table {
    (
        #[doc = $about:literal]
        $(#[derive($($derived:ident),*)])?
        pub struct $type:ident {
            $( #[doc = $key_about:literal] $key:literal => $field:ident: $kind:ty $(= $default:tt)?, )*
        }
        $( check($reader:ident, $fields:pat) $check:block )?
    ) => {
        #[doc = $about]
        #[derive(Debug $($(, $derived)*)?)]
        pub struct $type {
            $( #[doc = $key_about] pub $field: $kind, )*
        }

        impl $crate::config::table::Table for $type {
            const NAME: &'static str = stringify!($type);
            const ABOUT: &'static str = $about;
            const KEYS: &'static [&'static str] = &[$($key),*];

            fn read(
                mut fields: $crate::config::table::Fields,
                reader: &mut $crate::config::value::Reader<'_>,
            ) -> Option<Self> {
                $( let $field: Option<$kind> = fields.take($key, reader); )*
                fields.finish(reader);
                $( let ($reader, $fields) = (reader, &fields); $check )?
                Some(Self { $($field: $field?),* })
            }

            fn left_out() -> Option<Self> {
                Some(Self { $($field: $crate::config::value::Value::left_out()?),* })
            }

            fn overlay(&mut self, above: Self) {
                $( $crate::config::value::Value::overlay(&mut self.$field, above.$field); )*
            }

            fn describe(schema: &mut $crate::config::table::Properties<'_>) {
                $(
                    let default = None $(.or(Some(serde_json::json!($default))))?;
                    schema.add::<$kind>($key, $key_about, default);
                )*
            }
        }
    };
}

pub(super) use table;

/// The entries of a table that nobody has taken yet.
pub(super) struct Fields {
    /// What messages call the table.
    name: String,
    pub(super) origin: Origin,
    keys: &'static [&'static str],
    entries: Vec<Entry>,
}

impl Fields {
    /// The value of a key, or what it is if it is left out; `None` if it cannot be read.
    pub(super) fn take<T: Value>(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<T> {
        let place = Place { table: &self.name, key };
        match self.entries.iter().position(|entry| entry.key == key) {
            Some(at) => T::read(self.entries.swap_remove(at).node, place, reader),
            None => T::left_out().or_else(|| {
                reader.problem(&self.origin, T::missing(place));
                None
            }),
        }
    }

    /// Notes the keys that there are not.
    pub(super) fn finish(&mut self, reader: &mut Reader<'_>) {
        for Entry { key, origin, .. } in self.entries.drain(..) {
            let near = suggest(&key, self.keys.iter().copied());
            reader.problem(&origin, format!("{} 没有名为“{key}”的键{near}", self.name));
        }
    }

    /// What messages call the table.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

/// Reads the table that messages call `name`.
pub(super) fn read<T: Table>(node: Node, name: String, reader: &mut Reader<'_>) -> Option<T> {
    let node::Value::Table(entries) = node.value else {
        let expected = format!("一张表，可用的键有：{}", T::KEYS.join("、"));
        return reader.wrong(&node.origin, &name, &expected);
    };
    T::read(Fields { name, origin: node.origin, keys: T::KEYS, entries }, reader)
}

impl<T: Table> Value for T {
    type Schema = TableSchema<Self>;

    fn read(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, format!("[{}]", place.key), reader)
    }

    fn read_item(node: Node, place: Place<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        read(node, format!("[[{}]]", place.key), reader)
    }

    fn list(key: &str) -> String {
        format!("一组表，如 [[{key}]]")
    }

    fn left_out() -> Option<Self> {
        Table::left_out()
    }

    fn overlay(&mut self, above: Self) {
        Table::overlay(self, above);
    }
}

/// The JSON schema of a table.
pub(super) struct TableSchema<T>(PhantomData<T>);

impl<T: Table> JsonSchema for TableSchema<T> {
    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut keys = Properties { generator, described: Map::new(), required: Vec::new() };
        T::describe(&mut keys);
        let Properties { described, required, .. } = keys;
        let mut schema = json_schema!({
            "description": T::ABOUT.trim(),
            "type": "object",
            "properties": described,
            "additionalProperties": false,
        });
        if !required.is_empty() {
            schema.insert("required".to_owned(), required.into());
        }
        schema
    }
}

/// The keys of a table in its JSON schema.
pub(super) struct Properties<'a> {
    generator: &'a mut SchemaGenerator,
    described: Map<String, Json>,
    required: Vec<&'static str>,
}

impl Properties<'_> {
    pub(super) fn add<T: Value>(&mut self, key: &'static str, about: &str, default: Option<Json>) {
        let mut schema = self.generator.subschema_for::<T::Schema>();
        schema.insert("description".to_owned(), about.trim().into());
        if let Some(default) = default {
            schema.insert("default".to_owned(), default);
        }
        self.described.insert(key.to_owned(), schema.into());
        if T::left_out().is_none() {
            self.required.push(key);
        }
    }
}
