//! What a record's fields are, so that guides and checks follow from the types themselves.

use jiff::Timestamp;

/// One field of a record, as a guide shows it.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// The key in the JSON object.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it may be null.
    pub nullable: bool,
    /// The unit of a figure (`ms`), where it has one.
    pub unit: Option<&'static str>,
    pub(super) doc: &'static str,
}

impl FieldDoc {
    /// What it says, in one or two sentences.
    #[must_use]
    pub fn doc(&self) -> &'static str {
        self.doc.trim()
    }
}

/// What a field may hold.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// RFC 3339 date and time, UTC.
    Timestamp,
    /// An id, or a name that an operator or a pack gave: never what a person said.
    Id,
    /// One of a closed set of words.
    Word(fn() -> Vec<&'static str>),
    /// A whole number from 0.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list.
    List(&'static Shape),
    /// An object with these fields, always all of them.
    Object(&'static [FieldDoc]),
}

/// A type that a record's field may have. The list of implementations is the list of what records may hold.
pub trait FieldType {
    /// What it writes.
    const SHAPE: Shape;
    /// Whether it may write null.
    const NULLABLE: bool = false;
    /// Its unit.
    const UNIT: Option<&'static str> = None;
}

impl FieldType for Timestamp {
    const SHAPE: Shape = Shape::Timestamp;
}

impl FieldType for bool {
    const SHAPE: Shape = Shape::Boolean;
}

impl FieldType for u32 {
    const SHAPE: Shape = Shape::Integer;
}

impl FieldType for f64 {
    const SHAPE: Shape = Shape::Number;
}

impl<T: FieldType> FieldType for Option<T> {
    const SHAPE: Shape = T::SHAPE;
    const NULLABLE: bool = true;
    const UNIT: Option<&'static str> = T::UNIT;
}

impl<T: FieldType> FieldType for Vec<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);
}

/// Declares a record once: the type, its JSON form, and the documentation of its fields.
macro_rules! record {
    (
        $(#[$record_doc:meta])+
        $name:ident {
            $($(#[doc = $doc:literal])+ $field:ident: $type:ty,)+
        }
    ) => {
        $(#[$record_doc])+
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = $doc])+ pub $field: $type,)+
        }

        impl $name {
            /// Its fields, in the order they are written.
            pub const FIELDS: &'static [$crate::records::FieldDoc] = &[
                $($crate::records::FieldDoc {
                    name: stringify!($field),
                    shape: <$type as $crate::records::FieldType>::SHAPE,
                    nullable: <$type as $crate::records::FieldType>::NULLABLE,
                    unit: <$type as $crate::records::FieldType>::UNIT,
                    doc: concat!($($doc),+),
                },)+
            ];
        }

        impl $crate::records::FieldType for $name {
            const SHAPE: $crate::records::Shape = $crate::records::Shape::Object(Self::FIELDS);
        }
    };
}

pub(crate) use record;
